using RePlexOn.Backup;
using RePlexOn.Targets;

namespace RePlexOn.Tests.Backup;

public sealed class JointProgressTests
{
    [Fact]
    public void Should_add_up_what_is_done_and_wait_for_the_slowest()
    {
        var told = new List<RsyncProgress>();
        var joint = new JointProgress(2, new DirectProgress<RsyncProgress>(told.Add));

        joint.Part(0)!.Report(new(100, 10, 5, TimeSpan.FromSeconds(9), 1, 20, 30, true));
        joint.Part(1)!.Report(new(1000, 50, 50, TimeSpan.FromSeconds(4), 2, 200, 300, false));
        joint.Part(0)!.Report(new(300, 30, 15, null, 3, 18, 30, false));

        Assert.Equal(
            [
                new(100, 10, 5, TimeSpan.FromSeconds(9), 1, 20, 30, true),
                new(1100, 30, 55, TimeSpan.FromSeconds(9), 3, 220, 330, true),
                new(1300, 40, 65, TimeSpan.FromSeconds(4), 5, 218, 330, false),
            ],
            told);
    }

    [Fact]
    public void Should_ask_for_none_where_nobody_wants_any() => Assert.Null(new JointProgress(2, whole: null).Part(0));
}
