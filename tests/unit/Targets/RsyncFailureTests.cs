using System.Net.Sockets;
using RePlexOn.Processes;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

/// <summary>Each way a target fails, with the real thing failing.</summary>
public sealed class RsyncFailureTests(RsyncDaemon daemon, SshServer server)
    : IClassFixture<RsyncDaemon>, IClassFixture<SshServer>, IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_tell_a_wrong_password()
    {
        var file = PasswordFile("wrong");
        var error = await SendFailsAsync(daemon.Url, "TargetRefused", ExitCode.Refused, new TargetOptions { PasswordFile = file });
        Assert.Contains(file, error.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_prompt_for_a_password_that_is_not_given() =>
        await SendFailsAsync(daemon.Url, "TargetRefused", ExitCode.Refused);

    [Fact]
    public async Task Should_tell_a_password_file_that_others_can_read()
    {
        var file = _folder.File("open", "pw");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await SendFailsAsync(daemon.Url, "PasswordFileNotPrivate", ExitCode.Usage, new TargetOptions { PasswordFile = file });
    }

    [Fact]
    public async Task Should_tell_an_unknown_module()
    {
        var error = await SendFailsAsync(daemon.UrlOf("none"), "UnknownModule", ExitCode.Usage);
        Assert.Equal($"Ask it for its modules with: rsync rsync://127.0.0.1:{daemon.Port}/", error.Advice);
    }

    [Fact]
    public async Task Should_tell_a_read_only_module()
    {
        daemon.AddModule("readonly", daemon.Folder, "read only = yes");
        await SendFailsAsync(daemon.UrlOf("readonly"), "ModuleReadOnly", ExitCode.Usage);
    }

    [Fact]
    public async Task Should_tell_a_module_whose_folder_is_gone()
    {
        daemon.AddModule("gone", _folder.At("gone"));
        await SendFailsAsync(daemon.UrlOf("gone"), "TargetFolderMissing", ExitCode.Failed);
        await ReadFailsAsync(daemon.UrlOf("gone"), "TargetFolderMissing");
    }

    [Fact]
    public async Task Should_tell_a_daemon_that_does_not_let_this_machine_in()
    {
        daemon.AddModule("denied", daemon.Folder, "hosts allow = 192.0.2.1");
        var error = await SendFailsAsync(daemon.UrlOf("denied"), "TargetRefused", ExitCode.Refused);
        Assert.Contains("hosts allow", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_a_busy_daemon()
    {
        daemon.AddModule("busy", daemon.Folder, "max connections = -1");
        await SendFailsAsync(
            daemon.UrlOf("busy"), "TargetBusy", ExitCode.TargetUnreachable, new TargetOptions { ConnectTimeoutSeconds = 1 });
    }

    [Fact]
    public async Task Should_wait_for_a_daemon_to_have_a_connection_left()
    {
        daemon.AddModule("taken", daemon.Folder, "max connections = 1");
        using var other = new TcpClient("127.0.0.1", daemon.Port);
        using var reader = new StreamReader(other.GetStream());
        await other.GetStream().WriteAsync("@RSYNCD: 31.0 md5\ntaken\n"u8.ToArray());
        await reader.ReadLineAsync();
        Assert.Equal("@RSYNCD: OK", await reader.ReadLineAsync());

        Task sending = SendAsync(BackupTarget.Parse(daemon.UrlOf("taken"), new TargetOptions()), Source("late", 10));
        while (!daemon.Log.Contains("max connections (1) reached", StringComparison.Ordinal)) await Task.Delay(20);
        Assert.False(sending.IsCompleted);
        other.Close();

        await sending;
        Assert.True(File.Exists(Path.Combine(daemon.Folder, "plex-current/late")));
    }

    [Fact]
    public async Task Should_tell_a_refused_option()
    {
        daemon.AddModule("strict", daemon.Folder, "refuse options = force");
        await SendFailsAsync(daemon.UrlOf("strict"), "OptionRefused", ExitCode.Failed);
    }

    [Fact]
    public async Task Should_tell_a_target_that_this_user_may_not_write()
    {
        daemon.AddModule("nobody", _folder.Folder("roots"), "uid = nobody", "gid = nogroup");
        await SendFailsAsync(daemon.UrlOf("nobody"), "TargetNotWritable", ExitCode.Refused);
    }

    [Fact]
    public async Task Should_tell_that_nothing_listens()
    {
        var port = Server.FreePort();
        var error = await SendFailsAsync($"rsync://127.0.0.1:{port}/m", "TargetUnreachable", ExitCode.TargetUnreachable);
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        await SendFailsAsync($"ssh://127.0.0.1:{port}/m", "TargetUnreachable", ExitCode.TargetUnreachable);
        await ReadFailsAsync($"rsync://127.0.0.1:{port}/m", "TargetUnreachable");
    }

    [Fact]
    public async Task Should_tell_a_name_that_nobody_knows()
    {
        await SendFailsAsync("rsync://nas.invalid/m", "TargetUnreachable", ExitCode.TargetUnreachable);
        var error = await SendFailsAsync("nas.invalid:/m", "TargetUnreachable", ExitCode.TargetUnreachable);
        Assert.Contains("getent hosts nas.invalid", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_a_port_where_something_else_answers() =>
        await SendFailsAsync($"rsync://127.0.0.1:{server.Port}/m", "TargetNotRsync", ExitCode.TargetUnreachable);

    [Fact]
    public async Task Should_tell_an_unknown_host_key_and_accept_none_by_itself()
    {
        var error = await SendFailsAsync(server.UrlOf(server.Folder), "HostKeyUnknown", ExitCode.Refused, Ssh() with { KnownHostsFile = server.EmptyKnownHostsFile });
        Assert.Contains("ssh-keyscan", error.Advice, StringComparison.Ordinal);
        Assert.Equal("", await File.ReadAllTextAsync(server.EmptyKnownHostsFile));
    }

    [Fact]
    public async Task Should_tell_a_changed_host_key()
    {
        var error = await SendFailsAsync(server.UrlOf(server.Folder), "HostKeyChanged", ExitCode.Refused, Ssh() with { KnownHostsFile = server.OutdatedKnownHostsFile });
        Assert.Contains("ssh-keygen", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_a_key_that_is_not_accepted() =>
        await SendFailsAsync(server.UrlOf(server.Folder), "TargetRefused", ExitCode.Refused, Ssh() with { IdentityFile = server.WrongIdentityFile });

    [Fact]
    public async Task Should_find_key_and_known_hosts_in_folders_with_odd_names()
    {
        var odd = _folder.Folder("it's %h \"q\" \\");
        File.Copy(server.IdentityFile, Path.Combine(odd, "key"));
        File.Copy(server.KnownHostsFile, Path.Combine(odd, "hosts"));
        var target = BackupTarget.Parse(server.UrlOf(server.Folder), new TargetOptions
        {
            IdentityFile = Path.Combine(odd, "key"), KnownHostsFile = Path.Combine(odd, "hosts"),
        });
        await Client(target).CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Should_tell_that_the_far_side_has_no_rsync()
    {
        await using var bare = new SshServer { Settings = ["SetEnv PATH=/nonexistent"] };
        await bare.InitializeAsync();
        await SendFailsAsync(bare.UrlOf(bare.Folder), "RsyncMissingOnTarget", ExitCode.Failed,
            new TargetOptions { IdentityFile = bare.IdentityFile, KnownHostsFile = bare.KnownHostsFile });
    }

    [Fact]
    public async Task Should_tell_a_login_that_talks()
    {
        await using var chatty = new SshServer { Settings = ["ForceCommand echo Welcome to the best NAS of all"] };
        await chatty.InitializeAsync();
        await SendFailsAsync(chatty.UrlOf(chatty.Folder), "TargetNotRsync", ExitCode.Failed,
            new TargetOptions { IdentityFile = chatty.IdentityFile, KnownHostsFile = chatty.KnownHostsFile });
    }

    [Theory]
    [InlineData("local")]
    [InlineData("daemon")]
    [InlineData("ssh")]
    public async Task Should_tell_a_full_disk_and_lose_nothing(string kind)
    {
        using var small = new SmallFileSystem(1);
        var target = TargetIn(small.Path, kind);
        await SendAsync(target, Source("old", 400_000));
        File.Move(_folder.At("src/old"), _folder.At("src/renamed"));

        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SendAsync(target, Source("big", 900_000)));

        Assert.True(error.ErrorId == "NoRoom", error.Message);
        Assert.Equal(ExitCode.NoRoom, error.ExitCode);
        Assert.Equal(400_000, new FileInfo(Path.Combine(small.Path, "plex-current/old")).Length);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("daemon")]
    public async Task Should_lose_nothing_when_no_more_files_can_be_made(string kind)
    {
        // rsync itself goes on here (23), and would delete the file that was renamed.
        using var small = new SmallFileSystem(1, entries: 3);
        var target = TargetIn(small.Path, kind);
        await SendAsync(target, Source("old", 1));
        File.Move(_folder.At("src/old"), _folder.At("src/renamed"));

        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SendAsync(target, _folder.At("src")));

        Assert.Equal("NoRoom", error.ErrorId);
        Assert.True(File.Exists(Path.Combine(small.Path, "plex-current/old")));
    }

    [Fact]
    public async Task Should_tell_a_disk_that_turned_read_only()
    {
        using var small = new SmallFileSystem(1);
        var target = TargetIn(small.Path, "local");
        await SendAsync(target, Source("old", 1));
        small.MakeReadOnly();
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SendAsync(target, Source("new", 1)));
        Assert.Equal(("TargetNotWritable", ExitCode.Refused), (error.ErrorId, error.ExitCode));
    }

    [Fact]
    public async Task Should_tell_a_daemon_that_dies_and_go_on_from_there()
    {
        await using var mortal = new RsyncDaemon();
        await mortal.InitializeAsync();
        var target = BackupTarget.Parse(mortal.Url, new TargetOptions { PasswordFile = mortal.PasswordFile, BandwidthLimitKiB = 2000 });
        var send = new RsyncSend { SourceFolder = Source("a", 8_000_000), DestinationRelative = "plex-current/" };

        var error = await Assert.ThrowsAsync<RePlexOnException>(
            () => Client(target).SendAsync(send, new AtFirst(mortal.Kill), CancellationToken.None));

        Assert.Equal(("TargetUnreachable", ExitCode.TargetUnreachable), (error.ErrorId, error.ExitCode));
        Assert.False(File.Exists(Path.Combine(mortal.Folder, "plex-current/a")));
    }

    [Fact]
    public async Task Should_name_what_vanished_and_succeed()
    {
        _folder.File("src/z");
        var target = BackupTarget.Parse(_folder.Folder("target"), new TargetOptions { BandwidthLimitKiB = 200 });
        var send = new RsyncSend { SourceFolder = Source("a", 500_000), DestinationRelative = "plex-current/" };

        var result = await Client(target).SendAsync(send, new AtFirst(() => File.Delete(_folder.At("src/z"))), CancellationToken.None);

        Assert.Equal(24, result.ExitCode);
        Assert.True(result.SomeVanished);
        Assert.Contains(result.Warnings, w => w.EndsWith("/src/z\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_tell_the_version_of_rsync() =>
        Assert.Matches(@"^3\.\d", await Client(TargetIn(_folder.Path, "local")).VersionAsync(CancellationToken.None));

    private static RsyncClient Client(BackupTarget target) => new(new ProgramRunner(), target);

    private TargetOptions Ssh() => new() { IdentityFile = server.IdentityFile, KnownHostsFile = server.KnownHostsFile };

    private BackupTarget TargetIn(string path, string kind)
    {
        var module = Path.GetFileName(Path.GetDirectoryName(path))!;
        if (kind == "daemon") daemon.AddModule(module, path);
        return kind switch
        {
            "daemon" => BackupTarget.Parse(daemon.UrlOf(module), new TargetOptions()),
            "ssh" => BackupTarget.Parse(server.UrlOf(path), Ssh()),
            _ => BackupTarget.Parse(path, new TargetOptions()),
        };
    }

    /// <summary>A source folder with one more file in it.</summary>
    private string Source(string name, int bytes)
    {
        _folder.File("src/" + name, bytes);
        return _folder.At("src");
    }

    private static Task<RsyncResult> SendAsync(BackupTarget target, string source) => Client(target).SendAsync(
        new RsyncSend { SourceFolder = source, DestinationRelative = "plex-current/", Delete = true }, null, CancellationToken.None);

    private async Task<RePlexOnException> SendFailsAsync(string url, string id, ExitCode exitCode, TargetOptions? options = null)
    {
        var target = BackupTarget.Parse(url, options ?? new TargetOptions());
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SendAsync(target, Source("a", 10)));
        Assert.Equal((id, exitCode), (error.ErrorId, error.ExitCode));
        Assert.NotEmpty(error.Advice);
        return error;
    }

    private static async Task ReadFailsAsync(string url, string id)
    {
        var client = Client(BackupTarget.Parse(url, new TargetOptions()));
        Assert.Equal(id, (await Assert.ThrowsAsync<RePlexOnException>(() => client.ReadFileAsync("plex-current/x", 9, CancellationToken.None))).ErrorId);
        Assert.Equal(id, (await Assert.ThrowsAsync<RePlexOnException>(() => client.ListAsync("plex-snapshots", CancellationToken.None))).ErrorId);
    }

    private string PasswordFile(string content)
    {
        var file = _folder.File("password", content);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private sealed class AtFirst(Action action) : IProgress<RsyncProgress>
    {
        public void Report(RsyncProgress value) => action();
    }
}
