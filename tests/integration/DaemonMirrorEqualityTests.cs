using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class DaemonMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Daemon)
{
    [Fact]
    public Task Should_follow_one_change_after_the_other() => FollowOneChangeAfterTheOtherAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public Task Should_follow_a_random_history(int seed) => FollowARandomHistoryAsync(seed);
}
