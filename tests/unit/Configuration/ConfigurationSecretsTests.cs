using System.Text;
using RePlexOn.Configuration;

namespace RePlexOn.Tests.Configuration;

public sealed class ConfigurationSecretsTests
{
    private static readonly Setting Webhook = Setting.OfText(
        "alerts.webhook", "https://example.org/x", "Where to.", _ => null, (c, _) => c) with { IsSecret = true };

    private readonly ConfigurationSecrets _secrets = new([.. SettingsTable.All, Webhook]);

    [Theory]
    [InlineData("{\n  \"alerts\": { \"webhook\": \"https://hook/s3cret\" }, // mine\n  \"target\": \"/a\"\n}", "{\n  \"alerts\": { \"webhook\": null }, // mine\n  \"target\": \"/a\"\n}")]
    [InlineData("{ \"passwordFile\": \"/etc/secret\" }", "{ \"passwordFile\": \"/etc/secret\" }")]
    [InlineData("{ \"alerts\": {} }", "{ \"alerts\": {} }")]
    public void Should_blank_a_text_that_is_secret_and_nothing_else(string before, string after)
    {
        (byte[] text, IReadOnlyList<string> keys) = _secrets.Blank(Encoding.UTF8.GetBytes(before));

        Assert.Equal(after, Encoding.UTF8.GetString(text));
        Assert.Equal(before == after ? [] : ["alerts.webhook"], keys);
    }

    [Fact]
    public void Should_name_the_files_that_hold_secrets()
    {
        var configuration = new RePlexOnConfiguration
        {
            StateDirectory = "/s", PasswordFile = "/etc/secret", Ssh = new SshSettings { IdentityFile = "/key", KnownHostsFile = "/hosts" },
        };

        Assert.Equal(["/etc/secret", "/key"], _secrets.FilesOf(configuration));
        Assert.Empty(_secrets.FilesOf(new RePlexOnConfiguration { StateDirectory = "/s" }));
    }
}
