using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Files that go away between the scan and their sending, as they do on a running server.</summary>
public sealed class VanishingFilesTests(Places places) : IClassFixture<Places>
{
    [Theory]
    [InlineData(TargetKind.Local, true)]
    [InlineData(TargetKind.Daemon, true)]
    [InlineData(TargetKind.Ssh, true)]
    [InlineData(TargetKind.Daemon, false)]
    public async Task Should_succeed_and_follow_with_the_next_run(TargetKind kind, bool firstBackup)
    {
        using var scene = new Scene(places.New(kind));
        if (!firstBackup) await scene.BackUpWellAsync();
        string folder = Directory.CreateDirectory(scene.InSource("Media/localhost/0")).FullName;
        for (int i = 0; i < 20; i++) File.WriteAllBytes(Path.Combine(folder, $"a{i:00}"), SlowRun.Noise(50_000));
        scene.Configure(backup: new() { ["bandwidthLimitKiB"] = 300 });
        Task<BackupRun> running = scene.BackUpAsync();
        await SlowRun.UntilAsync(() => running.IsCompleted || File.Exists(scene.Place.InMirror("Media/localhost/0/a02")));
        Assert.False(running.IsCompleted);
        File.Delete(Path.Combine(folder, "a19"));
        File.Delete(Path.Combine(folder, "a18"));

        BackupRun run = await running;

        Assert.True((run.Status, run.ExitCode) == (RunStatus.Succeeded, ExitCode.Succeeded), $"{run.Status} {run.Message}");
        if (firstBackup) Assert.Contains("Some files went away while they were being sent", run.Message, StringComparison.Ordinal);
        Assert.Empty(run.Warnings);
        scene.Configure();
        await scene.VerifyWellAsync();
        await scene.BackUpWellAsync();
        await scene.VerifyWellAsync();
    }
}
