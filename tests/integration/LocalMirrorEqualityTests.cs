using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class LocalMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Local)
{
    [Fact]
    public Task Should_follow_one_change_after_the_other() => FollowOneChangeAfterTheOtherAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Should_follow_a_random_history(int seed) => FollowARandomHistoryAsync(seed);
}
