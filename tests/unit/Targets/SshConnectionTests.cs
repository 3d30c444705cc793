using System.Text.RegularExpressions;
using RePlexOn.Processes;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

public sealed partial class SshConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ScratchFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Should_log_in_once_for_all_that_is_run()
    {
        await using SshServer server = await StartAsync();
        await using var connection = new SshConnection();
        RsyncClient first = ClientOf(server, connection), second = ClientOf(server, connection);

        await SendAsync(first, "plex-current/");
        await Task.WhenAll(first.ListAsync("", default), second.ReadFileAsync("plex-current/a", 9, default));
        Assert.True(await first.CopyAsLinksAsync("plex-current", "copy", default));

        Assert.Equal(1, server.Logins);
        Assert.True(File.Exists(Path.Combine(server.Folder, "copy/a")));
    }

    [Fact]
    public async Task Should_go_on_where_several_connect_at_once()
    {
        await using SshServer server = await StartAsync();
        await using var connection = new SshConnection();
        string[] folders = ["one/", "two/", "three/"];

        RsyncResult[] results = await Task.WhenAll(folders.Select(folder => SendAsync(ClientOf(server, connection), folder)));

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, string.Join('\n', result.Warnings))));
    }

    [Fact]
    public async Task Should_log_in_for_each_where_no_connection_is_given()
    {
        await using SshServer server = await StartAsync();
        RsyncClient client = ClientOf(server, connection: null);
        await client.ListAsync("", default);
        await client.ListAsync("", default);
        Assert.Equal(2, server.Logins);
    }

    [Fact]
    public async Task Should_end_with_the_work_and_leave_nothing()
    {
        await using SshServer server = await StartAsync();
        await using var connection = new SshConnection();
        await ClientOf(server, connection).ListAsync("", default);
        string folder = await FolderOfAsync(server, connection);
        Assert.Single(MastersIn(folder));

        await connection.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        await UntilAsync(() => MastersIn(folder).Count == 0);
    }

    [Fact]
    public async Task Should_end_though_something_is_still_run_over_it()
    {
        await using SshServer server = await StartAsync("ForceCommand exec sleep 1000");
        await using var connection = new SshConnection();
        string folder = await FolderOfAsync(server, connection);
        Task listing = ClientOf(server, connection).ListAsync("", default);
        await UntilAsync(() => MastersIn(folder).Count > 0);

        await connection.DisposeAsync();

        var broken = await Assert.ThrowsAsync<RePlexOnException>(() => listing.WaitAsync(Patience));
        Assert.Equal("TargetUnreachable", broken.ErrorId);
        await UntilAsync(() => MastersIn(folder).Count == 0);
        server.CutConnections();
    }

    [Fact]
    public async Task Should_log_in_anew_when_the_server_has_restarted()
    {
        await using SshServer server = await StartAsync();
        await using var connection = new SshConnection();
        RsyncClient client = ClientOf(server, connection);
        await client.ListAsync("", default);
        string folder = await FolderOfAsync(server, connection);

        await server.RestartAsync();
        await UntilAsync(() => MastersIn(folder).Count == 0);
        await client.ListAsync("", default);
        await client.ListAsync("", default);

        Assert.Equal(2, server.Logins);
    }

    [Fact]
    public async Task Should_log_in_once_more_where_the_server_allows_one_session_at_a_time()
    {
        await using SshServer server = await StartAsync("MaxSessions 1");
        await using var connection = new SshConnection();
        string large = _source.File("large/b", 2_000_000);
        RsyncClient slow = ClientOf(server, connection, limitKiB: 500);
        Task<RsyncResult> sending = slow.SendAsync(
            new RsyncSend { SourceFolder = Path.GetDirectoryName(large)!, DestinationRelative = "large/" }, null, default);
        await UntilAsync(() => Directory.Exists(Path.Combine(server.Folder, "large")) && Directory.GetFiles(Path.Combine(server.Folder, "large")).Length > 0);

        RsyncResult beside = await SendAsync(ClientOf(server, connection), "plex-current/");

        Assert.False(sending.IsCompleted);
        Assert.Equal((0, 0), (beside.ExitCode, (await sending).ExitCode));
        Assert.Empty(beside.Warnings.Concat((await sending).Warnings));
        Assert.Equal(2, server.Logins);
    }

    [Fact]
    public async Task Should_fail_as_without_it_where_the_server_allows_no_session()
    {
        await using SshServer server = await StartAsync("MaxSessions 0");
        await EqualsAloneAsync(Options(server), server.UrlOf(server.Folder));
    }

    [Fact]
    public async Task Should_tell_what_keeps_it_from_connecting_once_and_as_without_it()
    {
        await using SshServer server = await StartAsync();
        string url = server.UrlOf(server.Folder), nobodyThere = $"ssh://127.0.0.1:{Server.FreePort()}/backups";
        await EqualsAloneAsync(Options(server) with { IdentityFile = server.WrongIdentityFile }, url);
        Assert.Equal(2, server.Refusals);
        await EqualsAloneAsync(Options(server) with { KnownHostsFile = server.EmptyKnownHostsFile }, url);
        await EqualsAloneAsync(Options(server) with { KnownHostsFile = server.OutdatedKnownHostsFile }, url);
        await EqualsAloneAsync(Options(server), nobodyThere);
        await EqualsAloneAsync(Options(server), "ssh://no-such-machine.invalid/backups");
    }

    [Fact]
    public async Task Should_not_wait_for_a_copy_over_there_when_it_is_cancelled()
    {
        await using SshServer server = await StartAsync("ForceCommand exec sleep 1000");
        await using var connection = new SshConnection();
        using var cancel = new CancellationTokenSource();
        // Who waits for the end of the pipes waits longer than this test.
        var client = new RsyncClient(new ProgramRunner { GracePeriod = TimeSpan.FromMinutes(10) }, TargetOf(server), connection);
        string folder = await FolderOfAsync(server, connection);
        Task<bool> copying = client.CopyAsLinksAsync("plex-current", "copy", cancel.Token);
        await UntilAsync(() => MastersIn(folder).Count > 0);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying.WaitAsync(Patience));
        server.CutConnections();
    }

    private static async Task<SshServer> StartAsync(params string[] settings)
    {
        var server = new SshServer { Settings = settings };
        await server.InitializeAsync();
        return server;
    }

    private static TargetOptions Options(SshServer server) =>
        new() { IdentityFile = server.IdentityFile, KnownHostsFile = server.KnownHostsFile };

    private static BackupTarget TargetOf(SshServer server, int limitKiB = 0) =>
        BackupTarget.Parse(server.UrlOf(server.Folder), Options(server) with { BandwidthLimitKiB = limitKiB });

    private static RsyncClient ClientOf(SshServer server, SshConnection? connection, int limitKiB = 0) =>
        new(new ProgramRunner(), TargetOf(server, limitKiB), connection);

    private static async Task EqualsAloneAsync(TargetOptions options, string url)
    {
        BackupTarget target = BackupTarget.Parse(url, options);
        await using var connection = new SshConnection();
        var alone = await Assert.ThrowsAsync<RePlexOnException>(() => new RsyncClient(new ProgramRunner(), target).CheckAsync(default));
        var shared = await Assert.ThrowsAsync<RePlexOnException>(() => new RsyncClient(new ProgramRunner(), target, connection).CheckAsync(default));
        Assert.Equal((alone.ErrorId, alone.Message, alone.Advice), (shared.ErrorId, shared.Message, shared.Advice));
    }

    private Task<RsyncResult> SendAsync(RsyncClient client, string to)
    {
        if (!File.Exists(_source.At("small/a"))) _source.File("small/a");
        return client.SendAsync(new RsyncSend { SourceFolder = _source.At("small"), DestinationRelative = to }, null, default);
    }

    private static async Task<string> FolderOfAsync(SshServer server, SshConnection connection)
    {
        BackupTarget shared = await connection.ShareAsync(TargetOf(server), default);
        return SocketFolder().Match(string.Join('\n', shared.ConnectionArguments)).Groups[1].Value;
    }

    /// <summary>The masters whose sockets are in a folder. A master shows its socket's path as its arguments.</summary>
    private static List<string> MastersIn(string folder) =>
        [.. Directory.GetDirectories("/proc").Where(process => ArgumentsOf(process).StartsWith($"ssh: {folder}/", StringComparison.Ordinal))];

    private static string ArgumentsOf(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds()) await Task.Delay(20, patience.Token);
    }

    [GeneratedRegex("ControlPath=\"(.+)/%C\"")]
    private static partial Regex SocketFolder();
}
