using System.Diagnostics;
using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Snapshots;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Snapshots;

/// <summary>The same expectations for a folder, a daemon and ssh, each of them real.</summary>
public abstract class SnapshotTargetTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] OddNames =
        ["sp ace", "new\nline", "q'u\"ote", "-dash", "#hash", "back\\#012slash", "$(id)", "star*[x]?", " lead", ".replexon"];

    private readonly ScratchFolder _state = new();

    /// <summary>Where this machine sees the target's folder.</summary>
    protected abstract string Folder { get; }

    /// <summary>The settings that name the target.</summary>
    protected abstract Dictionary<string, object> Settings { get; }

    private string ConfigurationPath => _state.At("replexon.json");

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    public void Dispose()
    {
        _state.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Should_list_the_newest_first_with_what_the_manifests_say()
    {
        Make("2025-03-01_040000");
        Make("2025-03-08_040000", complete: false);
        Make("2025-03-15_040000", complete: null);
        Make("2025-02-22", complete: null);
        Make("2025-02-15", complete: false);
        Write("2025-03-22_040000/.replexon/manifest.json", "{ \"complete\": tr");
        Write("2025-03-29_040000/.replexon/manifest.json", Manifest("2025-03-29_040000", complete: true).Replace("\"formatVersion\": 1", "\"formatVersion\": 99", StringComparison.Ordinal));
        Write("2025-04-12_040000/.replexon/manifest.json", Manifest(null, complete: true));
        Write("2025-04-19_040000/.replexon/manifest.json", Manifest("2025-03-01_040000", complete: true));
        Directory.CreateDirectory(At("2025-04-05_040000/.replexon"));
        File.CreateSymbolicLink(At("2025-04-05_040000/.replexon/manifest.json"), At("2025-03-01_040000/.replexon/manifest.json"));

        IReadOnlyList<PlexSnapshot> snapshots = await ListAsync();

        Assert.Equal(
            [
                ("2025-04-19_040000", SnapshotState.Unreadable), ("2025-04-12_040000", SnapshotState.Partial),
                ("2025-04-05_040000", SnapshotState.Partial), ("2025-03-29_040000", SnapshotState.Unreadable),
                ("2025-03-22_040000", SnapshotState.Unreadable), ("2025-03-15_040000", SnapshotState.Partial),
                ("2025-03-08_040000", SnapshotState.Partial), ("2025-03-01_040000", SnapshotState.Whole),
                ("2025-02-22", SnapshotState.FirstSystem), ("2025-02-15", SnapshotState.Partial),
            ],
            snapshots.Select(one => (one.Name, one.State)));
        PlexSnapshot whole = snapshots[7];
        Assert.Equal(
            (12, 3456, "1.41.0", "machine", "run-1", "weekly snapshot, newest whole"),
            (whole.Files, whole.Bytes, whole.PlexVersion, whole.MachineIdentifier, whole.RunId, whole.KeptBecause));
        Assert.Equal(new DateTimeOffset(2025, 3, 1, 4, 0, 0, TimeSpan.FromHours(5.5)), whole.TakenAt);
        Assert.InRange(DateTimeOffset.UtcNow - whole.TakenAt - whole.Age, TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Null(snapshots[8].Files);
    }

    [Fact]
    public async Task Should_not_take_other_things_for_snapshots()
    {
        Make("2025-03-01_040000");
        foreach (string name in OddNames) Write($"{name}/x", "x");
        Make("2025-03-08_040000.old");
        Make("2025-02-30");
        Write("2025-03-15_040000", "a file");
        Directory.CreateSymbolicLink(At("2025-03-22_040000"), At("2025-03-01_040000"));

        Assert.Equal(["2025-03-01_040000"], (await ListAsync()).Select(one => one.Name));
    }

    [Fact]
    public async Task Should_tell_a_target_without_snapshots_from_one_without_anything()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "plex-current"));
        Assert.Empty(await ListAsync());

        Directory.Delete(Path.Combine(Folder, "plex-current"));
        var trouble = await Assert.ThrowsAsync<RePlexOnException>(ListAsync);
        Assert.Equal("TargetWithoutBackups", trouble.ErrorId);
        Assert.Equal("TargetWithoutBackups", (await PruneAsync()).ErrorId);
    }

    [Fact]
    public async Task Should_remove_what_is_named_and_nothing_else()
    {
        foreach (string name in new[] { "2025-03-01_040000", "2025-03-08_040000", "2025-02-22" }) Make(name, name.Contains('_') ? true : null);
        File.CreateSymbolicLink(At("2025-03-08_040000/out"), Folder);
        Directory.CreateDirectory(At("2025-03-08_040000/locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Write("keep*/x", "x");
        Link("2025-03-01_040000/Media/x", "2025-03-08_040000/Media/linked");

        BackupRun run = await RemoveAsync("2025-03-08_040000", "2025-02-22", "2025-02-22");

        Assert.Equal((RunStatus.Succeeded, RunKind.Prune), (run.Status, run.Kind));
        Assert.Equal("Snapshots removed: 2 (2025-03-08_040000, 2025-02-22). 1 are left.", run.Message);
        Assert.Equal(["2025-03-01_040000", "keep*"], Names());
        Assert.Equal("x", await File.ReadAllTextAsync(At("2025-03-01_040000/Media/x")));

        BackupRun again = await RemoveAsync("2025-03-01_040000", "2025-02-22");

        Assert.Equal("SnapshotNotFound", again.ErrorId);
        Assert.Equal(["2025-03-01_040000", "keep*"], Names());
        using HistoryStore history = HistoryStore.Open(_state.At("state"), HistoryAccess.Read, TimeProvider.System);
        Assert.Equal([RunStatus.Failed, RunStatus.Succeeded], history.Query(new RunQuery { Kinds = [RunKind.Prune] }).Select(one => one.Status));
    }

    [Fact]
    public async Task Should_refuse_to_remove_the_last_whole_one_unless_forced()
    {
        Make("2025-03-01_040000");
        Make("2025-03-08_040000", complete: false);

        Assert.Equal("LastWholeSnapshot", (await RemoveAsync("2025-03-01_040000", "2025-03-08_040000")).ErrorId);
        Assert.Equal(2, Names().Length);

        var forced = await new SnapshotRemoval(TimeProvider.System).RunAsync(
            new SnapshotRemovalOptions { ConfigurationPath = Configure(), Names = ["2025-03-01_040000", "2025-03-08_040000"], Force = true });
        Assert.Equal(RunStatus.Succeeded, forced.Status);
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("2025-03-01_040000/../../plex-current")]
    public async Task Should_refuse_what_is_no_name(string name)
    {
        Make("2025-03-01_040000");

        Assert.Equal("SnapshotNameInvalid", (await Assert.ThrowsAsync<RePlexOnException>(() => RemoveAsync(name))).ErrorId);
        Assert.Equal(["2025-03-01_040000"], Names());
    }

    [Fact]
    public async Task Should_plan_without_touching_anything_and_remove_what_was_planned_once()
    {
        foreach (int day in new[] { 1, 2, 3, 9, 16 }) Make($"2025-03-{day:00}_040000");
        Make("2025-03-10_040000", complete: false);
        var options = new SnapshotPruningOptions { ConfigurationPath = Configure(), Rules = new RetentionOverrides { KeepWeekly = 0, KeepLast = 2 } };
        var pruning = new SnapshotPruning(TimeProvider.System);

        IReadOnlyList<RetentionDecision> plan = await pruning.PlanAsync(options);

        Assert.Equal(6, Names().Length);
        Assert.False(Directory.Exists(_state.At("state")));
        Assert.Equal(["2025-03-16_040000", "2025-03-09_040000"], plan.Where(one => one.IsKept).Select(one => one.Snapshot));

        BackupRun limited = await pruning.RunAsync(options with { Only = ["2025-03-01_040000", "2025-03-16_040000"] });
        Assert.Equal("Snapshots removed: 1 (2025-03-01_040000). 5 are kept.", limited.Message);

        BackupRun run = await pruning.RunAsync(options);
        Assert.Equal("Snapshots removed: 3 (2025-03-02_040000, 2025-03-03_040000, 2025-03-10_040000). 2 are kept.", run.Message);
        Assert.Equal(["2025-03-09_040000", "2025-03-16_040000"], Names());
        Assert.Equal("No snapshot had to go; 2 are kept.", (await pruning.RunAsync(options)).Message);
    }

    [Theory]
    [InlineData("2025-03-08_040000")]
    [InlineData("2025-03-08")]
    public async Task Should_leave_a_partial_one_where_removal_is_cut_short(string stuck)
    {
        Make("2025-03-15_040000");
        Make("2025-03-01_040000");
        Make(stuck, stuck.Contains('_') ? true : null);
        Directory.CreateDirectory(At(stuck + "/busy"));
        Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", At(stuck + "/busy"));
        try
        {
            BackupRun run = await RemoveAsync("2025-03-01_040000", stuck);

            Assert.Equal(RunStatus.Failed, run.Status);
            Assert.Contains("Of 2 snapshots 1 were removed before that.", run.Message, StringComparison.Ordinal);
            Assert.Equal(
                [("2025-03-15_040000", SnapshotState.Whole), (stuck, SnapshotState.Partial)],
                (await ListAsync()).Select(one => (one.Name, one.State)));
        }
        finally
        {
            Run("umount", "--lazy", At(stuck + "/busy"));
        }

        Assert.Equal(RunStatus.Succeeded, (await RemoveAsync(stuck)).Status);
        Assert.Equal(["2025-03-15_040000"], Names());
    }

    [Fact]
    public async Task Should_take_the_manifest_away_before_anything_else()
    {
        Make("2025-03-15_040000");
        Directory.CreateDirectory(At("2025-03-08_040000/.replexon"));
        Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", At("2025-03-08_040000/.replexon"));
        try
        {
            Make("2025-03-08_040000");

            Assert.Equal(RunStatus.Failed, (await RemoveAsync("2025-03-08_040000")).Status);
            Assert.Equal([SnapshotState.Whole, SnapshotState.Partial], (await ListAsync()).Select(one => one.State));
            Assert.Equal("x", await File.ReadAllTextAsync(At("2025-03-08_040000/Media/x")));
        }
        finally
        {
            Run("umount", "--lazy", At("2025-03-08_040000/.replexon"));
        }
    }

    /// <summary>Lists with the configuration of the target.</summary>
    protected Task<IReadOnlyList<PlexSnapshot>> ListAsync() =>
        new SnapshotCatalog(TimeProvider.System).ListAsync(new ConfigurationStore().Load(Configure()));

    /// <summary>Prunes with the configured rules.</summary>
    protected Task<BackupRun> PruneAsync() =>
        new SnapshotPruning(TimeProvider.System).RunAsync(new SnapshotPruningOptions { ConfigurationPath = Configure() });

    /// <summary>Makes a snapshot as a run would: content, and a manifest where <paramref name="complete"/> says so.</summary>
    protected void Make(string name, bool? complete = true)
    {
        foreach (string odd in OddNames.Where(odd => odd[0] != '.')) Write($"{name}/Metadata/{odd}/{odd}", odd);
        Write($"{name}/Media/x", "x");
        if (complete is { } isComplete) Write($"{name}/.replexon/manifest.json", Manifest(name, isComplete));
    }

    private Task<BackupRun> RemoveAsync(params string[] names) => new SnapshotRemoval(TimeProvider.System).RunAsync(
        new SnapshotRemovalOptions { ConfigurationPath = Configure(), Names = names });

    private string Configure()
    {
        var settings = new Dictionary<string, object>(Settings) { ["stateDirectory"] = _state.At("state") };
        File.WriteAllText(ConfigurationPath, JsonSerializer.Serialize(settings));
        return ConfigurationPath;
    }

    private static string Manifest(string? snapshot, bool complete)
    {
        var started = new DateTimeOffset(2025, 3, 1, 4, 0, 0, TimeSpan.FromHours(5.5));
        return System.Text.Encoding.UTF8.GetString(new BackupManifest
        {
            Complete = complete, Snapshot = snapshot, RunId = "run-1", ToolVersion = "0.1.0", Host = "plex", Source = "/plex", MachineIdentifier = "machine",
            PlexVersion = "1.41.0", StartedAt = started, EndedAt = complete ? started.AddMinutes(3) : null, Files = 12, Bytes = 3456,
        }.ToJson());
    }

    private string At(string relative) => Path.Combine(Folder, "plex-snapshots", relative);

    private string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(At("")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void Write(string relative, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), content);
    }

    private void Link(string existing, string link) => Run("ln", At(existing), At(link));

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
