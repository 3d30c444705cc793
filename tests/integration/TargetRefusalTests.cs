using System.Net;
using System.Net.Sockets;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A target that does not answer, or refuses, is named as such.</summary>
public sealed class TargetRefusalTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_name_a_wrong_password()
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        string file = scene.Beside("wrong password");
        await File.WriteAllTextAsync(file, "not it\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        scene.Configure(others: ("passwordFile", file));
        await Refusal.ExpectAsync(scene, "TargetRefused", ExitCode.Refused, "refuses user or password", file);
    }

    [Fact]
    public async Task Should_name_a_password_file_that_others_can_read()
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        string file = scene.Beside("open password");
        File.Copy(places.Daemon.PasswordFile, file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        scene.Configure(others: ("passwordFile", file));
        await Refusal.ExpectAsync(scene, "PasswordFileNotPrivate", ExitCode.Usage, file, "chmod 600");
    }

    [Fact]
    public async Task Should_name_an_unknown_module()
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        scene.Configure(others: ("target", places.Daemon.UrlOf("no-such-module")));
        await Refusal.ExpectAsync(scene, "UnknownModule", ExitCode.Usage, "no-such-module", "rsync rsync://");
    }

    [Theory]
    [InlineData("rsync://plex@127.0.0.1:{0}/plex-backups")]
    [InlineData("ssh://root@127.0.0.1:{0}/backups")]
    public async Task Should_name_a_refused_connection(string target)
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        scene.Configure(others: ("target", WithPort(target, Server.FreePort())));
        await Refusal.ExpectAsync(scene, "TargetUnreachable", ExitCode.TargetUnreachable, "nothing listens on that port");
    }

    [Theory]
    [InlineData("rsync://plex@127.0.0.1:{0}/plex-backups")]
    [InlineData("ssh://root@127.0.0.1:{0}/backups")]
    public async Task Should_give_up_on_a_target_that_takes_the_connection_and_never_answers(string target)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using Scene scene = NewScene(TargetKind.Daemon);
        scene.Configure(
            backup: new() { ["connectTimeoutSeconds"] = 1, ["timeoutSeconds"] = 10 },
            others: ("target", WithPort(target, ((IPEndPoint)silent.LocalEndpoint).Port)));
        await Refusal.ExpectAsync(scene, "TargetUnreachable", ExitCode.TargetUnreachable, "answer");
    }

    [Fact]
    public async Task Should_name_an_address_that_nothing_answers_from()
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        // TEST-NET-1 (RFC 5737), in a network of the test's own in which packets to it are thrown away.
        scene.Configure(backup: new() { ["connectTimeoutSeconds"] = 1 }, others: ("target", "rsync://plex@192.0.2.1/plex-backups"));
        CommandResult result = await RunningCommand.StartProgram(
            [("REPLEXON_CONFIG", scene.ConfigurationPath)], "unshare", "--net", "sh", "-c",
            "ip link set lo up && ip addr add 192.0.2.2/24 dev lo && exec \"$0\" backup --json", RunningCommand.Program).EndAsync();

        Assert.True(result.ExitCode == (int)ExitCode.TargetUnreachable, result.ToString());
        Assert.Equal("TargetUnreachable", result.Run.GetProperty("errorId").GetString());
        Assert.Contains("does not answer", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_an_unknown_host_key_and_not_accept_it()
    {
        using Scene scene = NewScene(TargetKind.Ssh);
        scene.Configure(scene.Place with { KnownHostsFile = places.Ssh.EmptyKnownHostsFile });
        await Refusal.ExpectAsync(scene, "HostKeyUnknown", ExitCode.Refused, "does not know the host key", "ssh-keyscan");
        Assert.Equal(0, new FileInfo(places.Ssh.EmptyKnownHostsFile).Length);
    }

    [Fact]
    public async Task Should_name_a_host_key_that_has_changed()
    {
        using Scene scene = NewScene(TargetKind.Ssh);
        scene.Configure(scene.Place with { KnownHostsFile = places.Ssh.OutdatedKnownHostsFile });
        await Refusal.ExpectAsync(scene, "HostKeyChanged", ExitCode.Refused, "is not the one this machine knows", "ssh-keygen");
    }

    [Fact]
    public async Task Should_name_a_key_that_is_not_accepted()
    {
        using Scene scene = NewScene(TargetKind.Ssh);
        scene.Configure(scene.Place with { IdentityFile = places.Ssh.WrongIdentityFile });
        await Refusal.ExpectAsync(scene, "TargetRefused", ExitCode.Refused, "ssh refuses the login", "ssh-copy-id");
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_name_a_target_folder_that_is_missing_and_not_make_it(TargetKind kind)
    {
        using Scene scene = NewScene(kind);
        string parent = scene.Place.Folder;
        scene.Configure(scene.Place with { Url = scene.Place.Url + "/not%20mounted" });
        if (kind == TargetKind.Local) scene.Configure(scene.Place with { Url = parent + "/not mounted" });
        await Refusal.ExpectAsync(scene, "TargetFolderMissing", ExitCode.Failed, "does not exist");
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent));
    }

    [Fact]
    public async Task Should_name_a_module_that_is_read_only()
    {
        using Scene scene = NewScene(TargetKind.Daemon);
        places.Daemon.AddModule("read-only", scene.Place.Folder, "read only = yes");
        scene.Configure(scene.Place with { Url = places.Daemon.UrlOf("read-only") });
        await Refusal.ExpectAsync(scene, "ModuleReadOnly", ExitCode.Usage, "read only = no");
    }

    private static string WithPort(string target, int port) =>
        target.Replace("{0}", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private Scene NewScene(TargetKind kind) => new(places.New(kind), files: 10, rows: 5);
}
