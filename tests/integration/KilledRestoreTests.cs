using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Restore;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests;

/// <summary>Killed at any moment, a restore can be run again or undone, and neither the old nor the new is lost.</summary>
public sealed class KilledRestoreTests(Places places) : IClassFixture<Places>
{
    // So many that moving them takes long enough to be met on the way.
    private const int Strays = 20_000;

    /// <summary>The moments of a restore in place.</summary>
    private static readonly Dictionary<string, Func<Scene, bool>> Moments = new()
    {
        ["during the fetch"] = scene => SlowRun.HasPart(Path.Combine(Workspace(scene).Fetched, "Media"), "large"),
        ["while Plex is stopped"] = scene => File.Exists(scene.Beside("stopping")),
        ["during the renames"] = scene => Directory.Exists(Workspace(scene).Old)
            && Directory.EnumerateFileSystemEntries(Workspace(scene).Old).Take(20).Count() == 20,
        ["while Plex is started"] = scene => File.Exists(scene.Beside("starting")),
    };

    public static TheoryData<string, bool> NamesAndWays
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string name in Moments.Keys)
            {
                data.Add(name, false);
                data.Add(name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndWays))]
    public async Task Should_be_finished_by_a_second_run_or_undone(string moment, bool undo)
    {
        using var scene = new Scene(places.New(TargetKind.Local));
        await File.WriteAllBytesAsync(scene.InSource("Media/localhost/large"), SlowRun.Noise(500_000));
        await scene.BackUpWellAsync();
        ScratchFolder.Must(null, "cp", "-a", scene.Source, scene.Beside("as backed up"));
        await DivergeAsync(scene);
        for (int i = 0; moment == "during the renames" && i < Strays; i++) await File.WriteAllTextAsync(scene.InSource($"stray {i}"), "");
        string before = scene.PrintSource();

        await KillAsync(scene, moment);
        if (undo)
        {
            await scene.UndoWellAsync();
            Assert.Equal(before, scene.PrintSource());
            return;
        }

        scene.Configure();
        await scene.RestoreWellAsync();
        Assert.Equal("", RestoreScene.Differences(scene.Beside("as backed up"), scene.Source));
        RestoreScene.HasDatabases(scene.Source, MirrorProof.HasWholeDatabases(scene.Place));
        Assert.Contains(scene.History, run => run.Status == RunStatus.Interrupted);
        Assert.False(Directory.Exists(Workspace(scene).Folder));
    }

    [Fact]
    public async Task Should_go_on_to_a_folder_after_being_killed()
    {
        using var scene = new Scene(places.New(TargetKind.Daemon));
        await File.WriteAllBytesAsync(scene.InSource("Media/localhost/large"), SlowRun.Noise(500_000));
        await scene.BackUpWellAsync();
        SlowRun.Limit(scene);
        RunningCommand command = scene.StartCommand("restore", "--to", scene.Beside("restored"));
        await SlowRun.UntilAsync(() => command.HasEnded || SlowRun.HasPart(scene.Beside("restored"), "large"));
        Assert.False(command.HasEnded);
        command.Signal(SlowRun.Kill);
        await command.EndAsync();

        scene.Configure();
        await scene.RestoreWellAsync(scene.Beside("restored"));

        Assert.Equal("", RestoreScene.Differences(scene.Source, scene.Beside("restored")));
    }

    private static RestoreWorkspace Workspace(Scene scene) => new(scene.Source);

    private static async Task KillAsync(Scene scene, string moment)
    {
        if (moment == "during the fetch") SlowRun.Limit(scene);
        RunningCommand command = scene.StartCommand(
        [
            "restore", "--in-place",
            "--stop-command", .. Pause(scene, "stopping", moment), "--start-command", .. Pause(scene, "starting", moment),
        ]);
        await SlowRun.UntilAsync(() => command.HasEnded || Moments[moment](scene));
        Assert.False(command.HasEnded, moment);
        command.Signal(SlowRun.Kill);
        await command.EndAsync();
        await File.WriteAllTextAsync(scene.Beside("go on"), "");
    }

    /// <summary>A command that ends at once, or where the restore is to be met there, not before it is told to.</summary>
    private static string[] Pause(Scene scene, string name, string moment) =>
        moment != (name == "stopping" ? "while Plex is stopped" : "while Plex is started") ? ["true"] :
        [
            "sh", "-c", "touch \"$1\"; until [ -e \"$2\" ]; do sleep 0.1; done", "sh", scene.Beside(name), scene.Beside("go on"),
        ];

    private static async Task DivergeAsync(Scene scene)
    {
        SampleLibrary.ChangeSome(scene.Source, share: 0.3, seed: 3);
        await using var writer = new SampleWriter(scene.Source, commitsPerSecond: 0);
        writer.Start();
        await SlowRun.UntilAsync(() => writer.CommitsDone > 20);
    }
}
