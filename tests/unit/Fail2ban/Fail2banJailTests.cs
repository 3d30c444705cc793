using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Fail2ban;
using RePlexOn.Tests.AccessLog;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Fail2ban;

/// <summary>The jail's files, with no fail2ban running.</summary>
public sealed class Fail2banJailTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public Fail2banJailTests()
    {
        foreach (string part in new[] { "jail.d", "filter.d", "action.d" }) _folder.Folder($"fail2ban/{part}");
        _folder.File("fail2ban/fail2ban.conf",
            $"[DEFAULT]\nloglevel = INFO\nlogtarget = STDERR\nsyslogsocket = auto\nsocket = {_folder.At("socket")}\npidfile = {_folder.At("pid")}\ndbfile = None\ndbpurgeage = 1d\n");
        File.WriteAllLines(Log, DailyLife.Until(DateTime.Now));
    }

    private string Log => _folder.At("Plex Media Server.log");

    private Fail2banOptions Options => new() { Folder = _folder.At("fail2ban"), LogPath = Log, Action = Fail2banAction.Iptables };

    private RePlexOnConfiguration Configuration => new() { StateDirectory = _folder.At("state") };

    private string[] Files => [.. Directory.GetFiles(_folder.At("fail2ban"), "*", SearchOption.AllDirectories).Order()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Fail2banAction.Iptables)]
    [InlineData(Fail2banAction.Nftables)]
    public async Task Should_be_installed_once_and_taken_back(Fail2banAction action)
    {
        string[] before = Files;
        Fail2banChange first = await InstallAsync(Options with { Action = action });
        Assert.Equal((Fail2banChangeKind.Installed, false), (first.Kind, first.IsActive));
        Assert.Equal(before.Length + 3, Files.Length);
        Assert.Equal(Fail2banChangeKind.Unchanged, (await InstallAsync(Options with { Action = action })).Kind);
        Assert.Equal(Fail2banChangeKind.Changed, (await InstallAsync(Options with { Action = action, MaxRetry = 5 })).Kind);
        Assert.Equal(Fail2banChangeKind.Removed, (await Fail2banJail.UninstallAsync(Options.Folder, dryRun: false, CancellationToken.None)).Kind);
        Assert.Equal(before, Files);
        Assert.Equal(Fail2banChangeKind.Unchanged, (await Fail2banJail.UninstallAsync(Options.Folder, dryRun: false, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Should_change_nothing_in_a_preview()
    {
        string[] before = Files;
        Assert.Equal(3, (await InstallAsync(Options with { DryRun = true })).Files.Count);
        Assert.Equal(before, Files);
        await InstallAsync(Options);
        await Fail2banJail.UninstallAsync(Options.Folder, dryRun: true, CancellationToken.None);
        Assert.Equal(before.Length + 3, Files.Length);
    }

    [Fact]
    public async Task Should_leave_nothing_where_one_file_cannot_be_written()
    {
        string[] before = Files;
        Directory.CreateDirectory(_folder.At("fail2ban/jail.d/replexon-plex.conf.d"));
        Directory.Delete(_folder.At("fail2ban/jail.d"), recursive: true);
        // A link that leads nowhere: the folder is not there when the jail, the last of the files, is to be written.
        await Assert.ThrowsAsync<RePlexOnException>(() => InstallAsync(Options));
        Assert.Equal(before, Files);
    }

    [Fact]
    public async Task Should_not_touch_a_file_that_is_somebody_elses()
    {
        _folder.File("fail2ban/filter.d/replexon-plex.conf", "[Definition]\nfailregex = mine\n");
        string[] before = Files;
        Assert.Equal("Fail2banFileTaken", (await Assert.ThrowsAsync<RePlexOnException>(() => InstallAsync(Options))).ErrorId);
        Assert.Equal("Fail2banFileTaken", (await Assert.ThrowsAsync<RePlexOnException>(() => Fail2banJail.UninstallAsync(Options.Folder, false, CancellationToken.None))).ErrorId);
        Assert.Equal(before, Files);
    }

    [Fact]
    public async Task Should_say_what_is_not_there()
    {
        Assert.Equal("Fail2banNotFound", (await Assert.ThrowsAsync<RePlexOnException>(() => InstallAsync(Options with { Folder = _folder.At("none") }))).ErrorId);
        Assert.Equal("PlexLogMissing", (await Assert.ThrowsAsync<RePlexOnException>(() => InstallAsync(Options with { LogPath = _folder.At("none.log") }))).ErrorId);
    }

    [Fact]
    public async Task Should_never_ban_whom_the_user_trusts()
    {
        RePlexOnConfiguration trusting = Configuration with { Access = new AccessSettings { TrustedProxies = ["192.0.2.7"], Ignore = ["198.51.100.9/24", "2001:db8::/32"] } };
        Fail2banChange change = await new Fail2banJail(TimeProvider.System).InstallAsync(trusting, Options with { DryRun = true }, CancellationToken.None);
        string ignored = change.Files[2].Content.Split('\n').Single(line => line.StartsWith("ignoreip", StringComparison.Ordinal));
        foreach (string one in new[] { "127.0.0.0/8", "192.168.0.0/16", "fc00::/7", "192.0.2.7/32", "198.51.100.0/24", "2001:db8::/32" })
            Assert.Contains($" {one}", ignored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_prove_itself_on_the_log()
    {
        IReadOnlyList<Check> checks = await TestAsync();
        Assert.Equal(
            [CheckStatus.Warning, CheckStatus.Pass, CheckStatus.Pass, CheckStatus.Pass, CheckStatus.Pass],
            checks.Select(check => check.Status));
        Assert.Contains("nobody would have been banned", checks[3].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_whom_it_would_have_banned()
    {
        for (int i = 0; i < 25; i++)
            await File.AppendAllLinesAsync(Log, PlexLogText.Pair(DateTime.Now.AddSeconds(i), "203.0.113.9:1", 401, "GET /accounts"));
        Assert.Contains("203.0.113.9 would have been banned", (await TestAsync())[3].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_log_holds_no_requests()
    {
        await File.WriteAllTextAsync(Log, PlexLogText.Line(DateTime.Now, "Plex Media Server v1.43.0") + "\n");
        Check check = (await TestAsync())[3];
        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.Contains("debug logging", check.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_that_an_installed_filter_was_spoilt()
    {
        await InstallAsync(Options);
        string filter = _folder.At("fail2ban/filter.d/replexon-plex.conf");
        await File.WriteAllTextAsync(filter, (await File.ReadAllTextAsync(filter)).Replace("40[13]", "40[19]", StringComparison.Ordinal));
        Assert.Equal(CheckStatus.Fail, (await TestAsync())[2].Status);
    }

    private Task<Fail2banChange> InstallAsync(Fail2banOptions options) =>
        new Fail2banJail(TimeProvider.System).InstallAsync(Configuration, options, CancellationToken.None);

    private Task<IReadOnlyList<Check>> TestAsync() => new Fail2banTest(TimeProvider.System).RunAsync(Configuration, Options, CancellationToken.None);
}
