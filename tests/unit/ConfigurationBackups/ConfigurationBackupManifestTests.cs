using System.Text;
using RePlexOn.ConfigurationBackups;

namespace RePlexOn.Tests.ConfigurationBackups;

public sealed class ConfigurationBackupManifestTests
{
    private static readonly ConfigurationBackupManifest Manifest = new()
    {
        RunId = "run", ToolVersion = "0.1.0", Host = "plex", StartedAt = new(2026, 11, 21, 3, 15, 0, TimeSpan.FromHours(1)), Folder = "031500",
        Files = [new(ConfigurationItemKind.History, "/state/history.db", "history.db", 12, "ab", "0600")],
    };

    [Fact]
    public void Should_come_back_as_it_was_written()
    {
        ConfigurationBackupManifest read = ConfigurationBackupManifest.FromJson(Manifest.ToJson())!;

        Assert.Equal(Manifest with { Files = [] }, read with { Files = [] });
        Assert.Equal(Manifest.Files, read.Files);
        Assert.Contains("\"kind\": \"History\"", Encoding.UTF8.GetString(Manifest.ToJson()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"031500\"", "\"../../etc\"")]
    [InlineData("\"031500\"", "\"\"")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2")]
    [InlineData("\"runId\": \"run\",", "")]
    [InlineData("}", "")]
    public void Should_not_be_gone_by_where_it_says_nothing_sound(string part, string other)
    {
        string text = Encoding.UTF8.GetString(Manifest.ToJson()).Replace(part, other, StringComparison.Ordinal);

        Assert.Null(ConfigurationBackupManifest.FromJson(Encoding.UTF8.GetBytes(text)));
    }
}
