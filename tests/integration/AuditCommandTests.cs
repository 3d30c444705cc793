using System.Diagnostics;
using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using ScratchFolder = RePlexOn.Tests.Files.ScratchFolder;

namespace RePlexOn.IntegrationTests;

/// <summary>audit and protect, as a user runs them.</summary>
public sealed class AuditCommandTests : IDisposable
{
    // Each is planted where a careless program would pick it up.
    private const string Token = "plantedTOKEN-of-the-server", CertificateKey = "planted-certificate-passphrase", Claim = "claim-plantedCLAIM",
        Password = "planted-rsync-password", LoggedToken = "plantedLOGGEDtoken12", UrlPassword = "planted-url-password";

    private readonly string _folder = Directory.CreateTempSubdirectory("replexon-test-").FullName;
    private readonly Dictionary<string, object> _settings;

    public AuditCommandTests()
    {
        Directory.CreateDirectory(In("Plex Media Server/Plug-in Support/Databases"));
        Directory.CreateDirectory(In("Plex Media Server/Logs"));
        File.WriteAllText(In("Plex Media Server/Plug-in Support/Databases/com.plexapp.plugins.library.db"), "");
        File.WriteAllText(
            In("Plex Media Server/Logs/Plex Media Server.log"),
            $"Feb 06, 2026 12:48:39.648 [1] INFO - Plex Media Server v1.43.0.10467-2b1ba6e69 - Ubuntu\nGET /?X-Plex-Token={LoggedToken} X\n");
        File.WriteAllText(Preferences, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <Preferences MachineIdentifier="11111111-2222-3333-4444-555555555555" PlexOnlineToken="{Token}" customCertificateKey="{CertificateKey}"
              LogTokensForDebug="1" DlnaEnabled="1" allowedNetworks="{Claim},0.0.0.0/0" customConnections="http://user:{UrlPassword}@plex.example.org"
              PlexOnlineUrl="https://user:{UrlPassword}@example.org/?key={Claim}" ButlerTaskBackupDatabase="{Claim}"
              customCertificatePath="{In("none.p12")}"/>

            """);
        File.SetUnixFileMode(Preferences, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(In("rsync.secret"), Password + "\n");
        _settings = new()
        {
            ["source"] = In("Plex Media Server"),
            ["stateDirectory"] = In("state"),
            ["target"] = "rsync://backup@127.0.0.1/plex",
            ["passwordFile"] = In("rsync.secret"),
            ["audit"] = new { serverUrl = "http://127.0.0.1:1" },
        };
        Configure();
    }

    private string Preferences => In("Plex Media Server/Preferences.xml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_give_no_secret_away_in_any_output_or_file()
    {
        string before = await File.ReadAllTextAsync(Preferences);
        (string Name, string Value)[] variables = [("PLEX_CLAIM", Claim), ("PLEX_TOKEN", Token)];
        var said = new List<CommandResult>();
        foreach (string[] arguments in new string[][]
        {
            ["audit", "--all"], ["audit", "--json"], ["audit", "--sarif", In("report.sarif")], ["audit", "--preferences", Preferences, "--all"],
            ["protect", "--dry-run"], ["protect", "--dry-run", "--json"], ["protect", "--json"], ["protect", "--undo", "--dry-run"], ["protect", "--undo"],
            ["history", "--json"],
        })
        {
            said.Add(await RunningCommand.Start([.. variables, ("REPLEXON_CONFIG", In("replexon.json"))], arguments).EndAsync());
        }

        string all = string.Join('\n', said) + await File.ReadAllTextAsync(In("report.sarif"));
        foreach (string secret in new[] { Token, CertificateKey, Claim, Password, LoggedToken, UrlPassword })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }

        (int code, string found) = ScratchFolder.Run(null, "grep", ["-rlFa", "-e", Token, "-e", CertificateKey, "-e", Password, "-e", LoggedToken, "-e", Claim, "-e", UrlPassword, "--", In("state")]);
        Assert.Equal((1, ""), (code, found));
        Assert.Equal(before, await File.ReadAllTextAsync(Preferences)); // protect and its undo
    }

    [Fact]
    public async Task Should_end_by_the_gravest_check_that_failed()
    {
        CommandResult all = await RunAsync("audit", "--quiet");
        CommandResult logging = await RunAsync("audit", "--category", "Logging");
        CommandResult dlna = await RunAsync("audit", "--id", "RPX-NET-010");
        CommandResult well = await RunAsync("audit", "--id", "RPX-NET-005");
        CommandResult wrong = await RunAsync("audit", "--id", "RPX-NET-999", "--json");

        Assert.Equal(
            [(int)ExitCode.FoundCritical, (int)ExitCode.FoundHigh, (int)ExitCode.FoundMedium, 0, (int)ExitCode.Usage],
            new[] { all, logging, dlna, well, wrong }.Select(result => result.ExitCode));
        Assert.Equal("", all.Output);
        Assert.Contains("[Fail, Medium] RPX-NET-010 DLNA is off", dlna.Output, StringComparison.Ordinal);
        Assert.Equal("AuditCheckUnknown", wrong.Json.GetProperty("errorId").GetString());
    }

    [Fact]
    public async Task Should_say_what_changed_since_the_last_time()
    {
        await RunAsync("audit");
        CommandResult protect = await RunAsync("protect", "--category", "Network", "Logging");
        CommandResult audit = await RunAsync("audit", "--json");

        Assert.True(protect.ExitCode == 0, protect.ToString());
        Assert.Contains("Changed DlnaEnabled: 1 -> 0 (RPX-NET-010: DLNA is off)", protect.Output, StringComparison.Ordinal);
        JsonElement dlna = audit.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("id").GetString() == "RPX-NET-010");
        Assert.Equal(("Fail", "Pass"), (dlna.GetProperty("previousStatus").GetString(), dlna.GetProperty("status").GetString()));
        Assert.Contains("RPX-NET-010", audit.Json.GetProperty("changed").EnumerateArray().Select(check => check.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Should_say_plainly_that_tools_are_missing()
    {
        CommandResult result = await RunningCommand.StartProgram(
            [("REPLEXON_CONFIG", In("replexon.json"))], "unshare",
            ["--mount", "sh", "-c", "mount --bind /dev/null \"$(command -v nft)\"; exec \"$@\"", "sh", RunningCommand.Program, "audit", "--id", "RPX-HST-004", "--json"]).EndAsync();

        JsonElement check = result.Json.GetProperty("checks")[0];
        Assert.Equal("Unknown", check.GetProperty("status").GetString());
        Assert.Contains("nft is not installed", check.GetProperty("evidence").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_there_is_no_Plex()
    {
        if (Process.GetProcessesByName("Plex Media Serv").Length > 0) return;
        _settings.Remove("source");
        Configure();

        CommandResult result = await RunAsync("audit", "--category", "Network", "Files", "Encryption", "--json");

        if (result.Json.GetProperty("source").ValueKind != JsonValueKind.Null) return; // there is one
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Json.GetProperty("checks").EnumerateArray(), check =>
        {
            Assert.Equal("NotApplicable", check.GetProperty("status").GetString());
            Assert.EndsWith(" on this machine.", check.GetProperty("evidence").GetString()!, StringComparison.Ordinal);
        });
    }

    private string In(string relative) => Path.Combine(_folder, relative);

    private void Configure() => File.WriteAllText(In("replexon.json"), JsonSerializer.Serialize(_settings));

    private Task<CommandResult> RunAsync(params string[] arguments) => RunningCommand.Start([("REPLEXON_CONFIG", In("replexon.json"))], arguments).EndAsync();
}
