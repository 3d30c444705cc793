using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Killed at any moment, a run leaves a mirror that the next one makes right, and says so of it.</summary>
public sealed class KilledRunTests(Places places) : IClassFixture<Places>
{
    /// <summary>The moments of a run to the mirror of a scene.</summary>
    private static readonly Dictionary<string, Func<Scene, bool>> Moments = new()
    {
        ["before the mirror is marked"] = scene => scene.History[0].Pass is not null,
        ["once it is marked"] = scene => !Manifest(scene).Complete,
        ["during the files"] = scene => SlowRun.HasPart(scene.Place.InMirror("Media"), "large"),
        ["during the databases"] = scene => SlowRun.HasPart(
            scene.Place.InMirror(PlexDatabaseFiles.FolderRelativePath), Path.GetFileName(PlexDatabaseFiles.LibraryRelativePath)),
        ["before it is whole"] = scene => !Manifest(scene).Complete && MirrorProof.Library(scene.Place).LastCommit > 0,
    };

    public static TheoryData<string> Names => [.. Moments.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_be_made_good_by_the_next_run(string moment)
    {
        using Scene scene = await BackedUpAsync();
        File.WriteAllBytes(scene.InSource("Media/localhost/large"), SlowRun.Noise(500_000));
        HideAnEdit(scene);
        await CommitAsync(scene);
        SlowRun.Limit(scene);

        RunningCommand command = scene.StartCommand("backup");
        await SlowRun.UntilAsync(() => command.HasEnded || (scene.History.Count == 2 && Moments[moment](scene)));
        Assert.False(command.HasEnded);
        command.Signal(SlowRun.Kill);
        await command.EndAsync();
        File.Delete(scene.InSource("Media/localhost/large"));
        HideAnEdit(scene);

        scene.Configure();
        await scene.BackUpWellAsync();
        Assert.Equal(RunStatus.Interrupted, scene.History[1].Status);
        await scene.VerifyWellAsync();
        Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    public async Task Should_be_made_good_after_many_kills_in_a_row_at_any_moment(TargetKind kind)
    {
        using var scene = new Scene(places.New(kind));
        await scene.BackUpWellAsync();
        var random = new Random(7);
        for (int i = 0; i < 10; i++)
        {
            SampleLibrary.ChangeSome(scene.Source, share: 0.2, seed: i);
            await CommitAsync(scene);
            RunningCommand command = scene.StartCommand("backup");
            await Task.Delay(random.Next(50, 1500));
            if (!command.HasEnded) command.Signal(SlowRun.Kill);
            await command.EndAsync();
        }

        await scene.BackUpWellAsync(force: true);
        await scene.VerifyWellAsync();
        Assert.DoesNotContain(scene.History, run => run.Status is RunStatus.Running or RunStatus.Failed);
    }

    [Fact]
    public async Task Should_remove_a_database_that_the_killed_run_was_to_remove()
    {
        using Scene scene = await BackedUpAsync();
        string extra = scene.InSource(PlexDatabaseFiles.FolderRelativePath + "/extra.db");
        File.Copy(scene.InSource(PlexDatabaseFiles.BlobsRelativePath), extra);
        await scene.BackUpWellAsync();
        File.Delete(extra);
        File.WriteAllBytes(scene.InSource("Media/localhost/large"), SlowRun.Noise(2_000_000));
        SlowRun.Limit(scene);
        RunningCommand command = scene.StartCommand("backup");
        await SlowRun.InTheMiddleAsync(scene);
        command.Signal(SlowRun.Kill);
        await command.EndAsync();
        Assert.True(File.Exists(scene.Place.InMirror(PlexDatabaseFiles.FolderRelativePath + "/extra.db")));

        scene.Configure();
        await scene.BackUpWellAsync();

        Assert.False(File.Exists(scene.Place.InMirror(PlexDatabaseFiles.FolderRelativePath + "/extra.db")));
    }

    private async Task<Scene> BackedUpAsync()
    {
        var scene = new Scene(places.New(TargetKind.Local), rows: 500);
        File.WriteAllText(scene.InSource("Media/localhost/hidden"), "aaaa");
        await scene.BackUpWellAsync();
        return scene;
    }

    /// <summary>Changes a file within its size and time.</summary>
    private static void HideAnEdit(Scene scene)
    {
        string file = scene.InSource("Media/localhost/hidden");
        DateTime time = File.GetLastWriteTimeUtc(file);
        byte[] content = File.ReadAllBytes(file);
        content[0]++;
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, time);
    }

    private static async Task CommitAsync(Scene scene)
    {
        await using var writer = new SampleWriter(scene.Source, commitsPerSecond: 0);
        writer.Start();
        long begun = writer.CommitsDone;
        await SlowRun.UntilAsync(() => writer.CommitsDone > begun + 20);
    }

    private static BackupManifest Manifest(Scene scene) =>
        BackupManifest.FromJson(File.ReadAllBytes(scene.Place.InMirror(BackupManifest.RelativePath)))!;
}
