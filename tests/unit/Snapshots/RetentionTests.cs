using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Should_keep_the_newest_of_each_of_four_weeks_by_default()
    {
        PlexSnapshot[] daily = [.. Enumerable.Range(0, 40).Select(days => Some.Snapshot(Now.AddDays(-days)))];

        Assert.Equal(
            ["2026-11-21_120000", "2026-11-15_120000", "2026-11-08_120000", "2026-11-01_120000"],
            Kept(daily, new RetentionRules()));
    }

    [Fact]
    public void Should_count_only_weeks_that_hold_a_snapshot()
    {
        PlexSnapshot[] rare = [.. Enumerable.Range(0, 6).Select(i => Some.Snapshot(Now.AddDays(-100 * i)))];

        Assert.Equal(4, Kept(rare, new RetentionRules()).Length);
    }

    [Fact]
    public void Should_say_all_reasons()
    {
        PlexSnapshot[] snapshots = [Some.Snapshot(Now.AddHours(-1)), Some.Snapshot(Now.AddHours(-2)), Some.Snapshot(Now.AddDays(-200))];
        var rules = new RetentionRules { KeepLast = 1, KeepWithin = TimeSpan.FromDays(30) };

        IReadOnlyList<RetentionDecision> decisions = Retention.Decide(snapshots, rules, Now);

        Assert.Equal(
            ["within 30 days, last snapshot, weekly snapshot, newest whole", "within 30 days", "weekly snapshot"],
            decisions.Select(one => one.Reason));
        rules = rules with { KeepWeekly = 1 };
        Assert.Equal("no rule keeps it", Retention.Decide(snapshots, rules, Now)[^1].Reason);
    }

    [Fact]
    public void Should_remove_nothing_where_no_rule_is_set()
    {
        PlexSnapshot[] snapshots =
            [Some.Snapshot(Now.AddDays(-1)), Some.Snapshot(Now.AddDays(-2)), Some.Snapshot(Now.AddDays(-3), SnapshotState.Partial)];

        Assert.Equal(3, Kept(snapshots, Some.NoRules).Length);
    }

    [Fact]
    public void Should_keep_one_with_a_manifest_beside_a_newer_one_of_the_first_system()
    {
        PlexSnapshot[] snapshots =
        [
            Some.Snapshot(Now.AddDays(-1), SnapshotState.FirstSystem), Some.Snapshot(Now.AddDays(-2)), Some.Snapshot(Now.AddDays(-3)),
        ];

        Assert.Equal(["2026-11-20_120000", "2026-11-19_120000"], Kept(snapshots, Some.NoRules with { KeepLast = 1 }));
    }

    [Fact]
    public void Should_not_let_a_future_one_take_the_place_of_another()
    {
        PlexSnapshot[] snapshots = [Some.Snapshot(Now.AddYears(3)), Some.Snapshot(Now.AddDays(-1)), Some.Snapshot(Now.AddDays(-2))];

        Assert.Equal(["2029-11-21_120000", "2026-11-20_120000"], Kept(snapshots, Some.NoRules with { KeepLast = 1 }));
    }

    [Fact]
    public void Should_remove_a_partial_one_after_a_day()
    {
        PlexSnapshot[] snapshots =
        [
            Some.Snapshot(Now.AddHours(-1)),
            Some.Snapshot(Now.AddHours(-24).AddSeconds(1), SnapshotState.Partial), Some.Snapshot(Now.AddHours(-24), SnapshotState.Partial),
        ];

        Assert.Equal(["2026-11-21_110000", "2026-11-20_120001"], Kept(snapshots, new RetentionRules()));
    }

    private static string[] Kept(PlexSnapshot[] snapshots, RetentionRules rules) =>
        [.. Retention.Decide(snapshots, rules, Now).Where(one => one.IsKept).Select(one => one.Snapshot)];
}
