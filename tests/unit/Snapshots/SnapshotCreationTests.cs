using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.Plex.Databases;
using RePlexOn.Snapshots;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Snapshots;

public sealed class SnapshotCreationTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _source;

    public SnapshotCreationTests()
    {
        _source = _scratch.At("Plex Media Server");
        SampleLibrary.Create(_source, new SampleOptions { Files = 150, LibraryRows = 50 }, null, default);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public Task Should_keep_a_local_mirror_as_hard_links() => ProveAsync(_scratch.Folder("nas it's"), _scratch.At("nas it's"), "{}");

    [Fact]
    public async Task Should_keep_a_mirror_as_hard_links_through_a_daemon()
    {
        await using var daemon = new RsyncDaemon();
        await daemon.InitializeAsync();
        await ProveAsync(daemon.Url, daemon.Folder, JsonSerializer.Serialize(new { passwordFile = daemon.PasswordFile }));
    }

    [Fact]
    public async Task Should_keep_a_mirror_as_hard_links_over_ssh()
    {
        await using var server = new SshServer();
        await server.InitializeAsync();
        string folder = Directory.CreateDirectory(Path.Combine(server.Folder, "it's $HOME; a \"folder\"")).FullName;
        await ProveAsync(server.UrlOf(folder), folder, Settings(server));
    }

    [Fact]
    public async Task Should_make_do_with_rsync_where_ssh_may_run_nothing_else()
    {
        string wrapper = _scratch.File("only-rsync", """
            #!/bin/sh
            case "$SSH_ORIGINAL_COMMAND" in rsync\ *) exec sh -c "$SSH_ORIGINAL_COMMAND" ;; *) echo "only rsync" >&2; exit 1 ;; esac
            """);
        File.SetUnixFileMode(wrapper, (UnixFileMode)0b111_101_101);
        await using var server = new SshServer { Settings = [$"ForceCommand {wrapper}"] };
        await server.InitializeAsync();
        await ProveAsync(server.UrlOf(server.Folder), server.Folder, Settings(server));
    }

    private static string Settings(SshServer server) =>
        JsonSerializer.Serialize(new { ssh = new { identityFile = server.IdentityFile, knownHostsFile = server.KnownHostsFile } });

    private async Task ProveAsync(string target, string folder, string settings)
    {
        (BackupRun mirror, BackupRun snapshot) = await BackUpAsync(target, settings);
        Assert.Equal((RunKind.Mirror, RunKind.Snapshot), (mirror.Kind, snapshot.Kind));
        string first = Path.Combine(folder, "plex-snapshots", NameOf(snapshot));
        string current = Path.Combine(folder, "plex-current");
        AssertSame(current, first);
        Assert.Equal(NameOf(snapshot), BackupManifest.FromJson(await File.ReadAllBytesAsync(Path.Combine(first, BackupManifest.RelativePath)))!.Snapshot);
        AssertLinked(current, first, PlexDatabaseFiles.LibraryRelativePath);
        AssertLinked(current, first, "Preferences.xml");

        // What changes afterwards must not reach into the snapshot.
        string before = Listing(first);
        SampleLibrary.ChangeSome(_source, share: 0.2, seed: 3);
        await using (var writer = new SampleWriter(_source))
        {
            writer.Start();
            while (writer.CommitsDone < 5) await Task.Delay(10);
        }

        (_, BackupRun later) = await BackUpAsync(target, settings);
        Assert.NotEqual(NameOf(snapshot), NameOf(later));
        Assert.Equal(before, Listing(first));
        AssertSame(current, Path.Combine(folder, "plex-snapshots", NameOf(later)));
        AssertLinked(current, Path.Combine(folder, "plex-snapshots", NameOf(later)), PlexDatabaseFiles.LibraryRelativePath);
    }

    private async Task<(BackupRun Mirror, BackupRun Snapshot)> BackUpAsync(string target, string settings)
    {
        string path = _scratch.File("replexon.json", settings);
        IReadOnlyList<BackupRun> runs = await new SnapshotBackup(TimeProvider.System).RunAsync(new MirrorOptions
        {
            ConfigurationPath = path,
            Overrides = new ConfigurationOverrides { Source = _source, Target = target, StateDirectory = _scratch.At("state") },
        });
        Assert.All(runs, run => Assert.True(run.Status == RunStatus.Succeeded, $"{run.Message} {string.Join(' ', run.Warnings)}"));
        return (runs[0], runs[1]);
    }

    private static string NameOf(BackupRun snapshot) => snapshot.Message!.Split(' ')[2];

    private static void AssertSame(string one, string other) => Assert.Equal("", Run(
        "rsync", "-aHn", "--checksum", "--delete", "--itemize-changes", "--exclude=/.replexon/", one + "/", other + "/"));

    private static void AssertLinked(string one, string other, string path) => Assert.Equal(
        Run("stat", "-c", "%i", Path.Combine(one, path)), Run("stat", "-c", "%i", Path.Combine(other, path)));

    private static string Listing(string folder) => Run("bash", "-c", "cd \"$1\" && find . -type f -print0 | sort -z | xargs -0 sha256sum", "bash", folder);

    private static string Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
