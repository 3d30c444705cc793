using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class DaemonMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Daemon)
{
    private readonly Places _places = places;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Should_get_by_with_the_connections_that_the_daemon_allows(int most)
    {
        Place place = _places.New(TargetKind.Daemon);
        string module = $"narrow-{most}";
        _places.Daemon.AddModule(module, place.Folder, $"max connections = {most}");
        using Scene scene = LargeScene(new Place(_places.Daemon.UrlOf(module), place.Folder));
        scene.Configure(backup: new() { ["connectTimeoutSeconds"] = 2 });
        await SucceedAsync(full: false);
        // The folder, two halves, the databases, the manifest.
        Assert.Equal(5, _places.Daemon.Log.Split('\n').Count(line => line.Contains($" rsync to {module}/plex-current", StringComparison.Ordinal)));

        scene.Configure();
        await File.WriteAllTextAsync(scene.InSource("Metadata/new"), "new");
        await SucceedAsync(full: false);
        await SucceedAsync(full: true);

        // The proof does not wait for a connection.
        scene.Configure(place);
        MirrorProof.IsEqual(scene);
        await scene.VerifyWellAsync();

        async Task SucceedAsync(bool full)
        {
            BackupRun run = await scene.BackUpAsync(full);
            Assert.True(run.Status == RunStatus.Succeeded, $"{run.ErrorId}: {run.Message}");
        }
    }

    [Fact]
    public Task Should_follow_one_change_after_the_other() => FollowOneChangeAfterTheOtherAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public Task Should_follow_a_random_history(int seed) => FollowARandomHistoryAsync(seed);
}
