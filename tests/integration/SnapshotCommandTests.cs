using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Snapshots;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Snapshots as a backup makes them, listed and removed by the command line, on each kind of target.</summary>
public sealed class SnapshotCommandTests(Places places) : IClassFixture<Places>
{
    private const int Kill = 9;

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_list_and_remove_what_a_backup_made(TargetKind kind)
    {
        using var scene = new Scene(places.New(kind));
        BackupRun first = await MakeAsync(scene);
        BackupRun second = await MakeAsync(scene);

        JsonElement list = (await scene.CommandAsync("snapshot", "list", "--json")).Json;

        Assert.Equal([second.Id, first.Id], list.EnumerateArray().Select(one => one.GetProperty("runId").GetString()));
        Assert.Equal(["Whole", "Whole"], list.EnumerateArray().Select(one => one.GetProperty("state").GetString()));
        Assert.Equal(second.FilesTotal, list[0].GetProperty("files").GetInt64());
        Assert.NotEqual("", list[0].GetProperty("keptBecause").GetString());
        string[] names = [.. list.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

        CommandResult plan = await scene.CommandAsync("snapshot", "prune", "--keep-last", "1", "--keep-weekly", "0", "--dry-run");
        Assert.Contains($"keep    {names[0]}", plan.Output, StringComparison.Ordinal);
        Assert.Contains($"remove  {names[1]}", plan.Output, StringComparison.Ordinal);
        Assert.Equal(2, Left(scene).Length);

        CommandResult pruned = await scene.CommandAsync("snapshot", "prune", "--keep-last", "1", "--keep-weekly", "0");
        Assert.True(pruned.ExitCode == 0, pruned.ToString());
        Assert.Equal([names[0]], Left(scene));
        Assert.Equal((RunKind.Prune, RunStatus.Succeeded), (scene.History[0].Kind, scene.History[0].Status));
        MirrorProof.IsEqual(scene);

        CommandResult last = await scene.CommandAsync("snapshot", "remove", names[0], "--json");
        Assert.Equal("LastWholeSnapshot", last.Json.GetProperty("errorId").GetString());
        Assert.Equal(0, (await scene.CommandAsync("snapshot", "remove", names[0], "--force")).ExitCode);
        Assert.Empty(Left(scene));
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_not_leave_a_snapshot_that_looks_whole_when_its_removal_is_killed(TargetKind kind)
    {
        using var scene = new Scene(places.New(kind), files: 3000, averageFileBytes: 20);
        await MakeAsync(scene);
        string doomed = Assert.Single(Left(scene));
        await MakeAsync(scene);
        string folder = Path.Combine(scene.Place.Folder, "plex-snapshots", doomed);

        RunningCommand removal = scene.StartCommand("snapshot", "remove", doomed);
        while (Directory.Exists(Path.Combine(folder, ".replexon")) && !removal.HasEnded) await Task.Delay(1);
        removal.Signal(Kill);
        await removal.EndAsync();

        IReadOnlyList<PlexSnapshot> left = await ListAsync(scene);
        Assert.Equal(SnapshotState.Whole, left[0].State);
        Assert.All(left.Skip(1), one => Assert.Equal((doomed, SnapshotState.Partial), (one.Name, one.State)));

        // What outlived the killed run is ended by the next one, which then does what is left to do.
        CommandResult again = await scene.CommandAsync("snapshot", "remove", doomed);
        Assert.True(again.ExitCode is 0 or (int)ExitCode.Usage, again.ToString());
        Assert.Equal([left[0].Name], Left(scene));
        Assert.Equal(RunStatus.Interrupted, scene.History[1].Status);
        MirrorProof.IsEqual(scene);
    }

    private static async Task<BackupRun> MakeAsync(Scene scene)
    {
        IReadOnlyList<BackupRun> runs = await new SnapshotBackup(TimeProvider.System).RunAsync(
            new MirrorOptions { ConfigurationPath = scene.ConfigurationPath });
        Assert.All(runs, run => Assert.True(run.Status == RunStatus.Succeeded, run.Message));
        return runs[1];
    }

    private static async Task<IReadOnlyList<PlexSnapshot>> ListAsync(Scene scene) => await new SnapshotCatalog(TimeProvider.System)
        .ListAsync(new Configuration.ConfigurationStore().Load(scene.ConfigurationPath));

    private static string[] Left(Scene scene) =>
        [.. Directory.GetDirectories(Path.Combine(scene.Place.Folder, "plex-snapshots")).Select(path => Path.GetFileName(path)).Order()];
}
