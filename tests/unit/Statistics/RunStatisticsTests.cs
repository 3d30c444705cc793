using RePlexOn.History;
using RePlexOn.Statistics;

namespace RePlexOn.Tests.Statistics;

public sealed class RunStatisticsTests
{
    private static readonly DateTimeOffset Night = new(2026, 2, 23, 3, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Should_say_that_it_knows_nothing_without_runs()
    {
        BackupStatistics nothing = RunStatistics.Measure([]);

        Assert.Equal(0, nothing.Runs);
        Assert.Null(nothing.SuccessRate);
        Assert.Null(nothing.MeanDuration);
        Assert.Null(nothing.Bytes);
        Assert.Empty(nothing.Kinds);
        Assert.Empty(nothing.Days);
    }

    [Fact]
    public void Should_count_for_success_only_what_ended_by_itself()
    {
        BackupStatistics measured = RunStatistics.Measure(
        [
            Run(RunStatus.Succeeded), Run(RunStatus.Warning), Run(RunStatus.Failed), Run(RunStatus.Interrupted),
            Run(RunStatus.Cancelled), Run(RunStatus.Running),
        ]);

        Assert.Equal(6, measured.Runs);
        Assert.Equal(0.5, measured.SuccessRate);
        KindStatistics mirror = Assert.Single(measured.Kinds);
        Assert.Equal((6, 1, 1, 1, 1, 1), (mirror.Runs, mirror.Succeeded, mirror.Warning, mirror.Failed, mirror.Interrupted, mirror.Cancelled));
        Assert.Equal(0.5, mirror.SuccessRate);
    }

    [Fact]
    public void Should_tell_kinds_apart()
    {
        BackupStatistics measured = RunStatistics.Measure(
            [Run(RunStatus.Failed), Run(RunStatus.Succeeded, RunKind.Snapshot), Run(RunStatus.Succeeded, RunKind.Snapshot)]);

        Assert.Equal([(RunKind.Mirror, 0.0), (RunKind.Snapshot, 1.0)], measured.Kinds.Select(kind => (kind.Kind, kind.SuccessRate!.Value)));
    }

    [Fact]
    public void Should_take_durations_from_runs_that_succeeded()
    {
        BackupStatistics measured = RunStatistics.Measure(
        [
            Run(RunStatus.Succeeded) with { Duration = TimeSpan.FromSeconds(10) },
            Run(RunStatus.Warning) with { Duration = TimeSpan.FromSeconds(20) },
            Run(RunStatus.Failed) with { Duration = TimeSpan.FromHours(9) },
        ]);

        Assert.Equal(TimeSpan.FromSeconds(15), measured.MeanDuration);
        Assert.Equal(TimeSpan.FromSeconds(20), measured.LongestDuration);
    }

    [Fact]
    public void Should_measure_growth_between_the_first_and_the_last_good_mirror()
    {
        BackupStatistics measured = RunStatistics.Measure(
        [
            // Out of order, as an import would have it.
            Run(RunStatus.Succeeded, day: 4) with { BytesTotal = 1400 },
            Run(RunStatus.Succeeded) with { BytesTotal = 1000 },
            Run(RunStatus.Failed, day: 5) with { BytesTotal = 3 },
            Run(RunStatus.Succeeded, RunKind.Verify, day: 6) with { BytesTotal = 7 },
        ]);

        Assert.Equal(100, measured.GrowthPerDay);
        Assert.Equal(1400, measured.Bytes);
    }

    [Fact]
    public void Should_say_no_growth_from_less_than_a_day() =>
        Assert.Null(RunStatistics.Measure([Run(RunStatus.Succeeded), Run(RunStatus.Succeeded)]).GrowthPerDay);

    [Fact]
    public void Should_list_every_day_between_with_the_size_that_held_then()
    {
        BackupStatistics measured = RunStatistics.Measure(
        [
            Run(RunStatus.Failed) with { BytesSent = 5 },
            Run(RunStatus.Succeeded, day: 1) with { BytesTotal = 1000, BytesSent = 900 },
            Run(RunStatus.Succeeded, day: 1) with { BytesTotal = 1001, BytesSent = 30 },
            Run(RunStatus.Interrupted, day: 3),
        ]);

        Assert.Equal(
        [
            new DayStatistics(new(2026, 2, 23), 1, 0, 1, null, 5),
            new DayStatistics(new(2026, 2, 24), 2, 2, 0, 1001, 930),
            new DayStatistics(new(2026, 2, 25), 0, 0, 0, 1001, 0),
            new DayStatistics(new(2026, 2, 26), 1, 0, 1, 1001, 0),
        ], measured.Days);
    }

    [Fact]
    public void Should_count_a_run_to_the_day_its_own_clock_showed()
    {
        DateTimeOffset late = new(2026, 2, 23, 23, 30, 0, TimeSpan.FromHours(-9));

        Assert.Equal(new DateOnly(2026, 2, 23), Assert.Single(RunStatistics.Measure([Run(RunStatus.Succeeded) with { StartedAt = late }]).Days).Day);
    }

    private static BackupRun Run(RunStatus status, RunKind kind = RunKind.Mirror, int day = 0) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Kind = kind,
        Trigger = RunTrigger.Schedule,
        Status = status,
        StartedAt = Night.AddDays(day),
        Host = "nas",
        ToolVersion = "0.1.0",
    };
}
