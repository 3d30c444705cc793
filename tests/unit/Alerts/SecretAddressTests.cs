using RePlexOn.Alerts;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Alerts;

public sealed class SecretAddressTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_read_an_address_and_a_token_from_a_private_file()
    {
        SecretAddress read = SecretAddress.Read("webhooks.ntfy", Private("https://ntfy.example.org/topic\n\ntk_secret\nmore\n"));
        Assert.Equal(("https://ntfy.example.org/topic", "tk_secret", null), (read.Address.AbsoluteUri, read.Token, read.Login));
    }

    [Fact]
    public void Should_take_user_and_password_out_of_an_address()
    {
        SecretAddress read = SecretAddress.Read("webhooks.ntfy", "https://me:p%40ss@ntfy.example.org:8443/topic?x=1");
        Assert.Equal(("https://ntfy.example.org:8443/topic?x=1", "me:p@ss"), (read.Address.AbsoluteUri, read.Login));
        Assert.Equal("ntfy.example.org", read.ToString());
        Assert.Equal("https://ntfy.example.org:8443/topic/start?x=1", read.With("/start").AbsoluteUri);
    }

    [Fact]
    public void Should_refuse_a_file_that_others_can_read_and_name_no_secret()
    {
        string path = Private("https://hook.example.org/s3cret");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        RePlexOnException trouble = Assert.Throws<RePlexOnException>(() => SecretAddress.Read("webhooks.slack", path));
        Assert.Equal("AddressFileNotPrivate", trouble.ErrorId);
        Assert.DoesNotContain("s3cret", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/s3cret")]
    [InlineData("s3cret")]
    [InlineData("\n")]
    public void Should_refuse_what_is_no_web_address(string content)
    {
        RePlexOnException trouble = Assert.Throws<RePlexOnException>(() => SecretAddress.Read("webhooks.slack", Private(content)));
        Assert.Equal("AddressInvalid", trouble.ErrorId);
        Assert.DoesNotContain("s3cret", trouble.Message + trouble.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("192.168.1.20", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("[fd00::5]", true)]
    [InlineData("[::ffff:10.0.0.1]", true)]
    [InlineData("gotify", true)]
    [InlineData("ntfy.lan", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.169.1.1", false)]
    [InlineData("[2001:db8::1]", false)]
    [InlineData("ntfy.sh", false)]
    [InlineData("evil.local.example.org", false)]
    public void Should_send_nothing_over_the_internet_unencrypted(string host, bool isTaken)
    {
        RePlexOnException? trouble = Record.Exception(() => SecretAddress.Read("webhooks.ntfy", $"http://{host}/topic")) as RePlexOnException;
        Assert.Equal(isTaken ? null : "AddressNotEncrypted", trouble?.ErrorId);
        Assert.NotNull(SecretAddress.Read("webhooks.ntfy", $"https://{host}/topic"));
    }

    private string Private(string content)
    {
        string path = _folder.File("address", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
