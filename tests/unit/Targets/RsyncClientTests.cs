using System.Diagnostics;
using RePlexOn.Processes;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

/// <summary>The same expectations for a folder, a daemon and ssh, each of them real.</summary>
public abstract class RsyncClientTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] OddNames =
        ["plain", "sp ace", "new\nline", "q'u\"ote", "-dash", "#hash", ";semi", "été", "back\\#012slash", "$(id)", "star*[x]?", "pipe|x", " lead"];

    private readonly ScratchFolder _source = new();

    /// <summary>Where this machine sees the target's folder.</summary>
    protected abstract string Folder { get; }

    private RsyncClient Client => ClientOf(TargetWith(0));

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    public void Dispose()
    {
        _source.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Should_send_any_name_and_show_it_as_it_is()
    {
        foreach (var name in OddNames) _source.File("src/dir\nx/" + name);
        RawFile("src/bad");
        var changes = new List<RsyncChange>();

        var result = await SendAsync(Send() with { OnChange = changes.Add });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(OddNames.Length + 1, result.Statistics.FilesTransferred);
        Assert.Equal(OddNames.Length + 1, result.Statistics.FilesTotal);
        Assert.Equal("", Run("diff", "-r", "--no-dereference", _source.At("src"), At("plex-current")));
        foreach (var name in OddNames) Assert.Contains(changes, c => c is { Kind: RsyncChangeKind.Sent, Bytes: 1 } && c.Path == "dir\nx/" + name);
        Assert.Contains(changes, c => c.Path == "bad\uFFFD");
        Assert.Contains(changes, c => c is { Kind: RsyncChangeKind.Created, Path: "dir\nx/" });
    }

    [Fact]
    public async Task Should_send_a_list_of_any_names_and_nothing_else()
    {
        _source.File("src/dir/unlisted");
        foreach (var name in OddNames) _source.File("src/dir/" + name);
        foreach (var name in OddNames) _source.File("src/" + name);

        var result = await SendAsync(Send() with
        {
            WritePaths = list =>
            {
                list.Add("never/was");
                foreach (var name in OddNames) list.Add("dir/" + name);
                foreach (var name in OddNames) list.Add(name);
            },
        });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(OddNames.Order(), Names("plex-current/dir").Order());
        Assert.Equal(OddNames.Append("dir").Order(), Names("plex-current").Order());
    }

    [Fact]
    public async Task Should_send_a_listed_file_that_was_rewritten_within_one_second()
    {
        var second = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var file = _source.File("src/a", "1");
        File.SetLastWriteTimeUtc(file, second.AddMilliseconds(100));
        await SendAsync(Send());
        await File.WriteAllTextAsync(file, "2");
        File.SetLastWriteTimeUtc(file, second.AddMilliseconds(200));

        await SendAsync(Send() with { WritePaths = list => list.Add("a") });

        Assert.Equal("2", await File.ReadAllTextAsync(At("plex-current/a")));
    }

    [Fact]
    public async Task Should_delete_listed_paths_with_all_that_is_in_them()
    {
        foreach (var name in OddNames) _source.File($"src/{name}/deep/{name}");
        _source.File("src/keep");
        await SendAsync(Send());
        foreach (var name in OddNames) Directory.Delete(_source.At("src/" + name), recursive: true);
        var changes = new List<RsyncChange>();

        var result = await SendAsync(Send() with
        {
            Delete = true,
            OnChange = changes.Add,
            WritePaths = list =>
            {
                list.Add("never was");
                foreach (var name in OddNames) list.Add(name);
            },
        });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["keep"], Names("plex-current"));
        Assert.Equal(OddNames.Length * 3, result.Statistics.EntriesDeleted);
        Assert.Contains(changes, c => c is { Kind: RsyncChangeKind.Deleted, Path: "new\nline/deep/new\nline" });
    }

    [Fact]
    public async Task Should_mirror_with_filters_and_swap_folders_and_files()
    {
        _source.File("src/tofile/x");
        _source.File("src/tofolder");
        _source.File("src/gone/x");
        await SendAsync(Send());
        Directory.CreateDirectory(At("plex-current/My Cache"));
        await File.WriteAllTextAsync(At("plex-current/My Cache/kept"), "x");
        foreach (var folder in new[] { "tofile", "gone" }) Directory.Delete(_source.At("src/" + folder), recursive: true);
        File.Delete(_source.At("src/tofolder"));
        _source.File("src/tofile");
        _source.File("src/tofolder/x");
        _source.File("src/My Cache/not sent");
        Directory.SetLastWriteTimeUtc(_source.At("src"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var result = await SendAsync(Send() with { Delete = true, FilterArguments = ["--exclude=/My Cache/"] });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["My Cache", "tofile", "tofolder"], Names("plex-current").Order());
        Assert.Equal(["kept"], Names("plex-current/My Cache"));
        Assert.InRange(result.Statistics.EntriesDeleted, 2, 5);
        Assert.Equal(2020, Directory.GetLastWriteTimeUtc(At("plex-current")).Year);
    }

    [Fact]
    public async Task Should_change_nothing_in_a_dry_run_and_tell_what_it_would()
    {
        _source.File("src/old");
        await SendAsync(Send());
        File.Move(_source.At("src/old"), _source.At("src/new"));
        var changes = new List<RsyncChange>();

        await SendAsync(Send() with { Delete = true, DryRun = true, OnChange = changes.Add });

        Assert.Equal(["old"], Names("plex-current"));
        Assert.Contains(changes, c => c is { Kind: RsyncChangeKind.Deleted, Path: "old" });
        Assert.Contains(changes, c => c is { Kind: RsyncChangeKind.Sent, Path: "new" });
    }

    [Fact]
    public async Task Should_see_changed_content_behind_the_same_size_and_time()
    {
        var file = _source.File("src/a", "1");
        await SendAsync(Send());
        var time = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file, "2");
        File.SetLastWriteTimeUtc(file, time);

        Assert.Equal(0, (await SendAsync(Send())).Statistics.FilesTransferred);
        Assert.Equal(1, (await SendAsync(Send() with { Comparison = RsyncComparison.Content })).Statistics.FilesTransferred);
    }

    [Fact]
    public async Task Should_delete_nothing_when_a_file_cannot_be_put_in_its_place()
    {
        _source.File("src/gone");
        await SendAsync(Send());
        File.Delete(_source.At("src/gone"));
        _source.File("src/new\nname");
        Directory.CreateDirectory(At("plex-current/new\nname"));
        Run("mount", "-t", "tmpfs", "tmpfs", At("plex-current/new\nname"));
        try
        {
            var result = await SendAsync(Send() with { Delete = true });
            Assert.True(result.Incomplete);
            Assert.Equal(23, result.ExitCode);
            Assert.Contains(result.Warnings, w => w.Contains("new\uFFFDname", StringComparison.Ordinal));
            Assert.Contains("gone", Names("plex-current"));
        }
        finally
        {
            Run("umount", At("plex-current/new\nname"));
        }
    }

    [Fact]
    public async Task Should_link_a_snapshot_to_the_mirror_and_remove_it_again()
    {
        _source.File("src/a");
        await SendAsync(Send());
        await Client.EnsureFolderAsync("plex-snapshots", CancellationToken.None);
        await SendAsync(Send() with { DestinationRelative = "plex-snapshots/2026-01-01_[x]", LinkFolders = ["plex-current"] });
        await SendAsync(Send() with { DestinationRelative = "plex-snapshots/2026-01-01_x" });
        Assert.Equal(Inode("plex-current/a"), Inode("plex-snapshots/2026-01-01_[x]/a"));

        await Client.RemoveAsync("plex-snapshots/2026-01-01_[x]", CancellationToken.None);

        Assert.Equal(["2026-01-01_x"], Names("plex-snapshots"));
        Assert.Equal(["a"], Names("plex-snapshots/2026-01-01_x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RemoveAsync("plex-current/", CancellationToken.None));
    }

    [Fact]
    public async Task Should_warn_when_the_folder_to_link_to_is_missing()
    {
        _source.File("src/a");
        var result = await SendAsync(Send() with { LinkFolders = ["plex-snapshots/none"] });
        Assert.Contains(result.Warnings, w => w.Contains("--link-dest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_fetch_back_what_was_sent()
    {
        foreach (var name in OddNames) _source.File("src/d/" + name);
        await SendAsync(Send());
        var receive = new RsyncReceive { SourceRelative = "plex-current/", DestinationFolder = _source.At("all") };

        await Client.ReceiveAsync(receive, null, CancellationToken.None);
        await Client.ReceiveAsync(receive with { DestinationFolder = _source.At("one"), WritePaths = list => list.Add("d/star*[x]?") }, null, CancellationToken.None);

        Assert.Equal(OddNames.Order(), Directory.GetFiles(_source.At("all/d")).Select(Path.GetFileName).Order());
        Assert.Equal(["star*[x]?"], Directory.GetFiles(_source.At("one/d")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Should_read_a_file_or_say_that_it_is_not_there()
    {
        _source.File("src/.replexon/manifest.json", "{}");
        await SendAsync(Send());

        Assert.Equal("{}"u8.ToArray(), await Client.ReadFileAsync("plex-current/.replexon/manifest.json", 2, CancellationToken.None));
        Assert.Null(await Client.ReadFileAsync("plex-current/none.json", 9, CancellationToken.None));
        Assert.Null(await Client.ReadFileAsync("none/.replexon/manifest.json", 9, CancellationToken.None));
        await FailsAsync("TargetFileUnfit", () => Client.ReadFileAsync("plex-current/.replexon/manifest.json", 1, CancellationToken.None));
    }

    [Fact]
    public async Task Should_list_a_folder_or_say_that_it_is_empty()
    {
        foreach (var name in OddNames) _source.File("src/" + name);
        _source.File("src/folder/inside");
        _source.File("src/size", 12345);
        File.CreateSymbolicLink(_source.At("src/link"), "plain");
        File.SetLastWriteTimeUtc(_source.At("src/size"), new DateTime(2024, 7, 1, 12, 34, 56, DateTimeKind.Utc));
        await SendAsync(Send());

        var entries = await Client.ListAsync("plex-current", CancellationToken.None);

        Assert.Equal(OddNames.Concat(["folder", "size", "link"]).Order(), entries.Select(e => e.Name).Order());
        Assert.Contains(new RemoteEntry("size", RemoteEntryKind.File, 12345, new DateTimeOffset(2024, 7, 1, 12, 34, 56, TimeSpan.Zero)), entries);
        Assert.Equal(RemoteEntryKind.Folder, entries.Single(e => e.Name == "folder").Kind);
        Assert.Equal(RemoteEntryKind.Link, entries.Single(e => e.Name == "link").Kind);
        Assert.Empty(await Client.ListAsync("none/at all/", CancellationToken.None));
    }

    [Fact]
    public async Task Should_never_make_the_folder_of_the_target()
    {
        _source.File("src/a");
        Directory.Delete(Folder, recursive: true);

        await FailsAsync("TargetFolderMissing", () => SendAsync(Send()));
        await FailsAsync("TargetFolderMissing", () => Client.EnsureFolderAsync("plex-snapshots", CancellationToken.None));
        await FailsAsync("TargetFolderMissing", () => Client.CheckAsync(CancellationToken.None));
        await FailsAsync("TargetFolderMissing", () => Client.ListAsync("plex-snapshots", CancellationToken.None));
        await FailsAsync("TargetFolderMissing", () => Client.ReadFileAsync("plex-current/x", 9, CancellationToken.None));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Should_fail_when_the_source_is_missing() => await FailsAsync("SourceMissing", () => SendAsync(Send()));

    [Fact]
    public async Task Should_stop_when_cancelled_and_leave_no_half_file()
    {
        _source.File("src/a", 20_000_000);
        using var cancel = new CancellationTokenSource();
        var slow = ClientOf(TargetWith(limitKiB: 1000));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.SendAsync(Send(), new CancelAtFirst(cancel), cancel.Token));

        Assert.DoesNotContain("a", Names("plex-current"));
        foreach (var process in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            Assert.DoesNotContain(_source.Path, CommandLine(process), StringComparison.Ordinal);
    }

    protected abstract BackupTarget TargetWith(int limitKiB);

    protected virtual RsyncClient ClientOf(BackupTarget target) => new(new ProgramRunner(), target);

    private static async Task FailsAsync(string id, Func<Task> action) =>
        Assert.Equal(id, (await Assert.ThrowsAsync<RePlexOnException>(action)).ErrorId);

    private RsyncSend Send() => new() { SourceFolder = _source.At("src"), DestinationRelative = "plex-current/" };

    private Task<RsyncResult> SendAsync(RsyncSend send) => Client.SendAsync(send, null, CancellationToken.None);

    private string At(string relative) => Path.Combine(Folder, relative);

    private IEnumerable<string> Names(string relative) =>
        Directory.Exists(At(relative)) ? Directory.GetFileSystemEntries(At(relative)).Select(e => Path.GetFileName(e)) : [];

    /// <summary>Makes a file whose name ends with a byte that is no UTF-8.</summary>
    private void RawFile(string relative) => Run("bash", "-c", "> \"$1\"$'\\xff'", "bash", _source.At(relative));

    private string Inode(string relative) => Run("stat", "-c", "%i", At(relative));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class CancelAtFirst(CancellationTokenSource cancel) : IProgress<RsyncProgress>
    {
        public void Report(RsyncProgress value) => cancel.Cancel();
    }
}
