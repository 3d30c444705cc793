using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class DaemonMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Daemon)
{
    private readonly Places _places = places;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_get_by_with_the_connections_that_the_daemon_allows(int most)
    {
        Place place = _places.New(TargetKind.Daemon);
        string module = $"narrow-{most}";
        _places.Daemon.AddModule(module, place.Folder, $"max connections = {most}");
        using var scene = new Scene(new Place(_places.Daemon.UrlOf(module), place.Folder));
        await scene.BackUpWellAsync();

        await File.WriteAllTextAsync(scene.InSource("Metadata/new"), "new");
        await scene.BackUpWellAsync();
        await scene.BackUpWellAsync(full: true);
    }

    [Fact]
    public Task Should_follow_one_change_after_the_other() => FollowOneChangeAfterTheOtherAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public Task Should_follow_a_random_history(int seed) => FollowARandomHistoryAsync(seed);
}
