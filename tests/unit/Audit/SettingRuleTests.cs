using RePlexOn.Checks;
using RePlexOn.Security.Audit;

namespace RePlexOn.Tests.Audit;

public sealed class SettingRuleTests : IDisposable
{
    private readonly AuditScene _scene = new();

    /// <summary>A setting, and the checks that then stand otherwise than before.</summary>
    public static TheoryData<string, string, string> Planted => new()
    {
        { "LogTokensForDebug", "1", "RPX-LOG-001 Fail" },
        { "logDebug", "0", "RPX-LOG-003 Warning" },
        { "LogVerbose", "1", "RPX-LOG-004 Warning" },
        { "sendCrashReports", "1", "RPX-LOG-005 Warning" },
        { "disableRemoteSecurity", "1", "RPX-NET-005 Fail" },
        { "secureConnections", "2", "RPX-TLS-001 Fail" },
        { "secureConnections", "hunter2", "RPX-TLS-001 Unknown" },
        { "DisableTLSv1_0", "0", "RPX-TLS-002 Warning" },
        { "RelayEnabled", "1", "RPX-NET-009 Warning" },
        { "DlnaEnabled", "1", "RPX-NET-010 Fail" },
        { "DlnaEnabled", "hunter2", "RPX-NET-010 Unknown" },
        { "GdmEnabled", "true", "RPX-NET-011 Warning" },
        { "WebHooksEnabled", "1", "RPX-NET-014 Warning" },
        { "customConnections", "https://plex.example.org:443,http://user:hunter2@plex.example.org", "RPX-NET-012 Fail" },
        { "customConnections", "https://plex.example.org:443", "" },
        { "allowedHttpOrigins", "*", "RPX-NET-013 Fail" },
        { "allowedHttpOrigins", "https://app.plex.tv", "" },
        { "PlexOnlineUrl", "https://plex.tv.example.org", "RPX-ACC-006 Fail" },
        { "PlexOnlineUrl", "https://plex.tv/", "" },
        { "allowMediaDeletion", "1", "RPX-LIB-001 Warning" },
        { "autoEmptyTrash", "1", "RPX-LIB-002 Warning" },
        { "ButlerTaskBackupDatabase", "0", "RPX-LIB-003 Warning" },
        { "LocationVisibility", "2", "RPX-LIB-004 Warning" },
        { "allowedNetworks", "0.0.0.0/0.0.0.0", "RPX-NET-001 Fail, RPX-NET-002 Fail" },
        { "allowedNetworks", "203.0.113.7", "RPX-NET-001 Fail" },
        { "allowedNetworks", "192.168.13.0/255.255.255.0", "RPX-NET-002 Warning" },
        { "allowedNetworks", "192.168.0.0/16", "RPX-NET-002 Fail" },
        { "allowedNetworks", "192.168.1.9,127.0.0.1", "" },
        { "allowedNetworks", "192.168.1.9, 127.0.0.1", "RPX-NET-003 Warning" },
        { "allowedNetworks", "192.168.1.9,hunter2", "RPX-NET-003 Warning" },
        { "allowedNetworks", "192.168.1.9/255.0.255.0", "RPX-NET-003 Warning" },
        { "allowedNetworks", "fd00::/64", "RPX-NET-002 Fail" },
        { "allowedNetworks", "::/0", "RPX-NET-001 Fail, RPX-NET-002 Fail" },
        { "FriendlyName", "attic", "" },
        { "TreatWanIpAsLocal", "1", "" },
    };

    public void Dispose() => _scene.Dispose();

    [Theory]
    [MemberData(nameof(Planted))]
    public async Task Should_find_a_planted_setting_and_nothing_else(string key, string value, string expected)
    {
        Dictionary<string, CheckStatus> before = await _scene.StatusesAsync();
        _scene.Change((key, value));

        SecurityAuditResult after = await _scene.AuditAsync();

        // A bridge to containers that this machine may have is in the widest of the networks.
        Check[] changed = [.. after.Checks.Where(check => check.Status != before[check.Id] && check.Id != "RPX-NET-004")];
        Assert.Equal(expected, string.Join(", ", changed.Select(check => $"{check.Id} {check.Status}")));
        Assert.All(changed, check =>
        {
            Assert.NotEmpty(check.Evidence);
            Assert.DoesNotContain("hunter2", check.Evidence, StringComparison.Ordinal);
            if (check.Status != CheckStatus.Unknown) Assert.NotEmpty(check.Remediation);
        });
    }

    [Fact]
    public async Task Should_have_nothing_to_say_against_the_settings_of_a_closed_server()
    {
        SecurityAuditResult result = await _scene.AuditAsync(_scene.Options with { Categories = ["Network", "Encryption", "Logging", "Library", "Updates"] });

        Assert.All(result.Checks, check => Assert.True(check.Status is CheckStatus.Pass or CheckStatus.NotApplicable, check.ToString()));
        Assert.Equal((100, true, ExitCode.Succeeded), (result.Score, result.IsSound, result.ExitCode));
    }

    [Fact]
    public async Task Should_look_at_remote_access_where_there_is_some()
    {
        _scene.Change(("PublishServerOnPlexOnlineKey", "1"), ("secureConnections", "1"), ("ManualPortMappingMode", "1"));

        Dictionary<string, CheckStatus> found = await _scene.StatusesAsync();

        Assert.Equal(CheckStatus.Warning, found["RPX-NET-006"]);
        Assert.Equal(CheckStatus.Pass, found["RPX-NET-007"]);
        Assert.Equal(CheckStatus.Warning, found["RPX-NET-008"]);
        Assert.Equal(CheckStatus.Warning, found["RPX-NET-015"]);
        Assert.Equal(CheckStatus.Warning, found["RPX-TLS-001"]);
        Assert.Equal(CheckStatus.Warning, found["RPX-HST-008"]);
    }

    [Fact]
    public async Task Should_say_what_a_server_without_an_account_is()
    {
        _scene.Change(("PlexOnlineToken", null), ("RelayEnabled", null));

        Dictionary<string, CheckStatus> found = await _scene.StatusesAsync();

        Assert.Equal(CheckStatus.Warning, found["RPX-ACC-001"]);
        Assert.Equal(
            (CheckStatus.NotApplicable, CheckStatus.NotApplicable, CheckStatus.NotApplicable),
            (found["RPX-ACC-002"], found["RPX-ACC-003"], found["RPX-NET-009"]));
    }

    [Fact]
    public async Task Should_say_that_password_and_second_factor_cannot_be_known()
    {
        SecurityAuditResult result = await _scene.AuditAsync(_scene.Options with { Ids = ["RPX-ACC-002", "RPX-ACC-003"] });

        Assert.All(result.Checks, check => Assert.Equal((CheckStatus.Unknown, CheckSeverity.Info), (check.Status, check.Severity)));
        Assert.True(result.IsSound);
        Assert.Null(result.Score);
    }

    [Theory]
    [InlineData("1.42.0.9975-abcdef012", "CVE-2025-34158 and CVE-2025-69414")]
    [InlineData("1.42.1.10059-abcdef012", "CVE-2025-34158 and CVE-2025-69414")]
    [InlineData("1.42.1.10060-abcdef012", "CVE-2025-69414")]
    [InlineData("1.42.2.10156-abcdef012", "CVE-2025-69414")]
    [InlineData("1.41.5.9522-abcdef012", "CVE-2025-69414")]
    [InlineData("1.42.2.10157-abcdef012", null)]
    [InlineData("1.43.4.10903-e5521bd8c", null)]
    public async Task Should_know_the_holes_of_a_version(string version, string? holes)
    {
        _scene.NewFile("Plex Media Server/Logs/Plex Media Server.log", $"Feb 06, 2026 12:48:39.648 [1] INFO - Plex Media Server v{version} - Ubuntu\n");

        Check check = Assert.Single((await _scene.AuditAsync(_scene.Options with { Ids = ["RPX-UPD-001"] })).Checks);

        Assert.Equal(holes is null ? CheckStatus.Pass : CheckStatus.Fail, check.Status);
        if (holes is not null) Assert.Contains($" has {holes}.", check.Evidence, StringComparison.Ordinal);
    }
}
