using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class SshMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Ssh)
{
    [Theory]
    [InlineData(6)]
    public Task Should_follow_a_random_history(int seed) => FollowARandomHistoryAsync(seed);
}
