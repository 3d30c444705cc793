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

        joint.Part(0)!.Report(new(100, 5, TimeSpan.FromSeconds(9), 1));
        joint.Part(1)!.Report(new(1000, 50, TimeSpan.FromSeconds(4), 2));
        joint.Part(0)!.Report(new(300, 15, null, 3));
        joint.End(1);
        joint.Part(0)!.Report(new(400, 20, TimeSpan.FromSeconds(1), 4));

        Assert.Equal(
            [
                new(100, 5, TimeSpan.FromSeconds(9), 1),
                new(1100, 55, TimeSpan.FromSeconds(9), 3),
                new(1300, 65, TimeSpan.FromSeconds(4), 5),
                new(1400, 20, TimeSpan.FromSeconds(1), 6),
            ],
            told);
    }

    [Fact]
    public void Should_ask_for_none_where_nobody_wants_any() => Assert.Null(new JointProgress(2, whole: null).Part(0));
}
