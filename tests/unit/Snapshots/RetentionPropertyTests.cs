using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

/// <summary>Random snapshots and rules against a plain reading of restic's manual, and what must hold in any case.</summary>
public sealed class RetentionPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    // Both changes of the clock in 2026, the turn of a year within an ISO week, and the present moment.
    private static readonly DateTimeOffset[] Moments =
    [
        new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero),
        new(2025, 12, 31, 22, 0, 0, TimeSpan.Zero), new(2024, 12, 30, 0, 0, 0, TimeSpan.Zero), Now,
    ];

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Should_keep_what_restic_keeps_and_what_is_kept_besides() => Check((snapshots, rules) =>
    {
        HashSet<string> expected = rules.IsEmpty
            ? [.. snapshots.Select(one => one.Name)]
            : ForgetPolicy.Keep(snapshots.Where(one => one.IsWhole && one.TakenAt <= Now), rules);
        expected.UnionWith(NewestWhole(snapshots));
        expected.UnionWith(snapshots.Where(one => one.TakenAt > Now || one.State == SnapshotState.Unreadable).Select(one => one.Name));
        expected.UnionWith(snapshots.Where(one => one.State == SnapshotState.Partial && one.TakenAt > Now.AddDays(-1)).Select(one => one.Name));

        Assert.Equal(expected.Order(), Kept(snapshots, rules).Order());
    });

    [Fact]
    public void Should_never_remove_the_newest_whole_one() => Check((snapshots, rules) =>
        Assert.Subset(Kept(snapshots, rules), NewestWhole(snapshots)));

    [Fact]
    public void Should_remove_nothing_more_the_second_time() => Check((snapshots, rules) =>
    {
        HashSet<string> once = Kept(snapshots, rules);
        PlexSnapshot[] left = [.. snapshots.Where(one => once.Contains(one.Name))];

        Assert.Equal(once.Order(), Kept(left, rules).Order());
    });

    [Fact]
    public void Should_decide_the_same_whether_partial_ones_are_there_or_not() => Check((snapshots, rules) =>
    {
        PlexSnapshot[] whole = [.. snapshots.Where(one => one.IsWhole)];

        Assert.Equal(Kept(whole, rules).Order(), Kept(snapshots, rules).Intersect(whole.Select(one => one.Name)).Order());
    });

    [Fact]
    public void Should_give_a_reason_for_each_and_name_each_once() => Check((snapshots, rules) =>
    {
        IReadOnlyList<RetentionDecision> decisions = Retention.Decide(snapshots, rules, Now);

        Assert.All(decisions, one => Assert.NotEmpty(one.Reason));
        Assert.Equal(snapshots.Select(one => one.Name).Order(), decisions.Select(one => one.Snapshot).Order());
        Assert.Equal(decisions.Select(one => one.TakenAt).OrderDescending(), decisions.Select(one => one.TakenAt));
    });

    private static HashSet<string> Kept(IReadOnlyList<PlexSnapshot> snapshots, RetentionRules rules) =>
        [.. Retention.Decide(snapshots, rules, Now).Where(one => one.IsKept).Select(one => one.Snapshot)];

    private static HashSet<string> NewestWhole(IReadOnlyList<PlexSnapshot> snapshots)
    {
        PlexSnapshot[] ordered = [.. snapshots.Where(one => one.TakenAt <= Now).OrderBy(one => one.TakenAt).ThenBy(one => one.Name, StringComparer.Ordinal)];
        PlexSnapshot?[] newest = [ordered.LastOrDefault(one => one.IsWhole), ordered.LastOrDefault(one => one.State == SnapshotState.Whole)];
        return [.. newest.OfType<PlexSnapshot>().Select(one => one.Name)];
    }

    private static void Check(Action<PlexSnapshot[], RetentionRules> property) =>
        Prop.ForAll(Snapshots().ToArbitrary(), Rules().ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));

    private static Gen<PlexSnapshot[]> Snapshots() =>
        from several in Snapshot().ArrayOf()
        select several.Select((one, i) => one with { Name = $"{one.Name}-{i}" }).ToArray();

    // Seconds, hours, days and years apart, so that some fall into one period and some do not.
    private static Gen<PlexSnapshot> Snapshot() =>
        from moment in Gen.Elements(Moments)
        from step in Gen.Elements(1, 60, 1_800, 3_600, 43_200, 86_400, 604_800, 2_600_000, 15_800_000)
        from steps in Gen.Choose(-40, 5)
        from state in Gen.Frequency(
            (6, Gen.Constant(SnapshotState.Whole)), (2, Gen.Constant(SnapshotState.Partial)),
            (1, Gen.Constant(SnapshotState.FirstSystem)), (1, Gen.Constant(SnapshotState.Unreadable)))
        select Some.Snapshot(TimeZoneInfo.ConvertTime(moment.AddSeconds((long)step * steps), Berlin), state);

    private static Gen<RetentionRules> Rules()
    {
        Gen<int> count = Gen.Frequency((4, Gen.Constant(0)), (4, Gen.Choose(1, 6)), (1, Gen.Constant(-1)));
        return
            from last in count
            from hourly in count
            from daily in count
            from weekly in count
            from monthly in count
            from yearly in count
            from within in Gen.Frequency((3, Gen.Constant<TimeSpan?>(null)), (1, Gen.Choose(1, 400).Select(days => (TimeSpan?)TimeSpan.FromDays(days))))
            select new RetentionRules
            {
                KeepLast = last, KeepHourly = hourly, KeepDaily = daily, KeepWeekly = weekly,
                KeepMonthly = monthly, KeepYearly = yearly, KeepWithin = within,
            };
    }
}
