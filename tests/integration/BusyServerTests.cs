using System.Diagnostics;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Backups of a server that commits to its database all the while.</summary>
public sealed class BusyServerTests(Places places) : IClassFixture<Places>
{
    private const int Backups = 20;

    [Fact]
    public async Task Should_hold_a_sound_database_with_every_commit_made_before_each_of_twenty_backups()
    {
        using var scene = new Scene(places.New(TargetKind.Local), rows: 2000);
        await using var writer = new SampleWriter(scene.Source, commitsPerSecond: 300);
        writer.Start();
        long atStart = writer.CommitsDone;
        long began = Stopwatch.GetTimestamp();

        for (int i = 0; i < Backups; i++)
        {
            long before = writer.CommitsDone;
            BackupRun run = await scene.BackUpAsync();

            Assert.True(run.Status == RunStatus.Succeeded, run.Message);
            MirrorProof.HasWholeDatabases(scene.Place);
            SampleDatabaseState copy = MirrorProof.Library(scene.Place);
            Assert.True(copy.InvariantHolds);
            Assert.InRange(copy.LastCommit, before, writer.CommitsDone);
        }

        // A writer that was kept waiting would prove nothing.
        double perSecond = (writer.CommitsDone - atStart) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        Assert.InRange(perSecond, 100, 1000);
    }

    [Fact]
    public async Task Should_go_back_to_equality_once_the_server_has_stopped()
    {
        using var scene = new Scene(places.New(TargetKind.Daemon));
        await using (var writer = new SampleWriter(scene.Source))
        {
            writer.Start();
            Assert.Equal(RunStatus.Succeeded, (await scene.BackUpAsync()).Status);
        }

        await scene.BackUpWellAsync();
    }
}
