using System.Text;
using RePlexOn.Configuration;

namespace RePlexOn.Tests.Configuration;

public sealed class ConfigurationSecretsTests
{
    private readonly ConfigurationSecrets _secrets = new(SettingsTable.All);

    [Theory]
    [InlineData("{\n  \"webhooks\": { \"json\": \"https://hook/s3cret\" }, // mine\n  \"target\": \"/a\"\n}", "{\n  \"webhooks\": { \"json\": null }, // mine\n  \"target\": \"/a\"\n}")]
    [InlineData("{ \"passwordFile\": \"/etc/secret\" }", "{ \"passwordFile\": \"/etc/secret\" }")]
    [InlineData("{ \"webhooks\": { \"json\": \"/etc/hook\", \"slack\": \"~/hook\" } }", "{ \"webhooks\": { \"json\": \"/etc/hook\", \"slack\": \"~/hook\" } }")]
    [InlineData("{ \"alerts\": {} }", "{ \"alerts\": {} }")]
    public void Should_blank_a_text_that_is_secret_and_nothing_else(string before, string after)
    {
        (byte[] text, IReadOnlyList<string> keys) = _secrets.Blank(Encoding.UTF8.GetBytes(before));

        Assert.Equal(after, Encoding.UTF8.GetString(text));
        Assert.Equal(before == after ? [] : ["webhooks.json"], keys);
    }

    [Fact]
    public void Should_name_the_files_that_hold_secrets()
    {
        var configuration = new RePlexOnConfiguration
        {
            StateDirectory = "/s", PasswordFile = "/etc/secret", Webhooks = new WebhookSettings { Slack = "/etc/slack", Json = "https://hook/s3cret" }, Ssh = new SshSettings { IdentityFile = "/key", KnownHostsFile = "/hosts" },
        };

        Assert.Equal(["/etc/secret", "/etc/slack", "/key"], _secrets.FilesOf(configuration));
        Assert.Empty(_secrets.FilesOf(new RePlexOnConfiguration { StateDirectory = "/s" }));
    }

    [Fact]
    public void Should_show_no_address_that_is_a_secret()
    {
        using var home = new TemporaryHome();
        home.Write("{ \"webhooks\": { \"json\": \"https://hook/s3cret\", \"slack\": \"/etc/slack\" } }");

        Dictionary<string, object?> shown = home.Store.List().ToDictionary(value => value.Key, value => value.Value);

        Assert.Equal(ConfigurationStore.Hidden, shown["webhooks.json"]);
        Assert.Equal("/etc/slack", shown["webhooks.slack"]);
        Assert.Null(shown["webhooks.ntfy"]);
        Assert.Equal("https://hook/s3cret", home.Store.Load().Webhooks.Json);
    }

    [Theory]
    [InlineData("s3cret")]
    [InlineData("ftp://hook/s3cret")]
    [InlineData("(set, not shown)")]
    public void Should_refuse_what_is_neither_an_address_nor_a_path_and_not_repeat_it(string value)
    {
        using var home = new TemporaryHome();
        RePlexOnException trouble = Assert.Throws<RePlexOnException>(
            () => home.Store.Set(null, new Dictionary<string, object?> { ["webhooks.slack"] = value }));

        Assert.Equal("ConfigurationInvalid", trouble.ErrorId);
        Assert.DoesNotContain("s3cret", trouble.Message + trouble.Advice, StringComparison.Ordinal);
    }
}
