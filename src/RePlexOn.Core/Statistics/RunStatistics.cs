using RePlexOn.History;

namespace RePlexOn.Statistics;

/// <summary>Works out figures from runs.</summary>
public static class RunStatistics
{
    /// <summary>Measures runs.</summary>
    /// <param name="runs">The runs, in any order.</param>
    public static BackupStatistics Measure(IEnumerable<BackupRun> runs)
    {
        BackupRun[] all = [.. runs.OrderBy(run => run.StartedAt)];
        BackupRun[] good = [.. all.Where(IsGood)];
        BackupRun[] mirrors = [.. good.Where(run => run.Kind == RunKind.Mirror)];
        return new BackupStatistics
        {
            FirstRun = all.FirstOrDefault()?.StartedAt,
            LastRun = all.LastOrDefault()?.StartedAt,
            Runs = all.Length,
            SuccessRate = SuccessRate(all),
            MeanDuration = MeanDuration(good),
            LongestDuration = LongestDuration(good),
            BytesSent = all.Sum(run => run.BytesSent),
            Bytes = mirrors.LastOrDefault()?.BytesTotal,
            GrowthPerDay = GrowthPerDay(mirrors),
            Kinds = [.. all.GroupBy(run => run.Kind).OrderBy(kind => kind.Key).Select(kind => Measure(kind.Key, [.. kind]))],
            Days = Days(all),
        };
    }

    private static KindStatistics Measure(RunKind kind, BackupRun[] runs)
    {
        BackupRun[] good = [.. runs.Where(IsGood)];
        return new KindStatistics
        {
            Kind = kind,
            Runs = runs.Length,
            Succeeded = runs.Count(run => run.Status == RunStatus.Succeeded),
            Warning = runs.Count(run => run.Status == RunStatus.Warning),
            Failed = runs.Count(run => run.Status == RunStatus.Failed),
            Interrupted = runs.Count(run => run.Status == RunStatus.Interrupted),
            Cancelled = runs.Count(run => run.Status == RunStatus.Cancelled),
            SuccessRate = SuccessRate(runs),
            MeanDuration = MeanDuration(good),
            LongestDuration = LongestDuration(good),
            BytesSent = runs.Sum(run => run.BytesSent),
        };
    }

    private static bool IsGood(BackupRun run) => run.Status is RunStatus.Succeeded or RunStatus.Warning;

    private static bool IsBad(BackupRun run) => run.Status is RunStatus.Failed or RunStatus.Interrupted;

    private static double? SuccessRate(BackupRun[] runs)
    {
        int good = runs.Count(IsGood);
        int ended = good + runs.Count(IsBad);
        return ended == 0 ? null : (double)good / ended;
    }

    private static TimeSpan? MeanDuration(BackupRun[] good) =>
        good.Length == 0 ? null : TimeSpan.FromTicks((long)good.Average(run => run.Duration.Ticks));

    private static TimeSpan? LongestDuration(BackupRun[] good) => good.Length == 0 ? null : good.Max(run => run.Duration);

    private static double? GrowthPerDay(BackupRun[] mirrors)
    {
        if (mirrors is not [var first, .., var last]) return null;
        double days = (last.StartedAt - first.StartedAt).TotalDays;
        return days < 1 ? null : (last.BytesTotal - first.BytesTotal) / days;
    }

    private static List<DayStatistics> Days(BackupRun[] all)
    {
        var days = new List<DayStatistics>();
        if (all.Length == 0) return days;

        ILookup<DateOnly, BackupRun> byDay = all.ToLookup(DayOf);
        long? bytes = null;
        for (DateOnly day = byDay.Min(one => one.Key); day <= byDay.Max(one => one.Key); day = day.AddDays(1))
        {
            BackupRun[] runs = [.. byDay[day]];
            bytes = runs.LastOrDefault(run => run.Kind == RunKind.Mirror && IsGood(run))?.BytesTotal ?? bytes;
            days.Add(new DayStatistics(day, runs.Length, runs.Count(IsGood), runs.Count(IsBad), bytes, runs.Sum(run => run.BytesSent)));
        }

        return days;
    }

    // By the clock on the wall of that day, whatever zone the machine is in since.
    private static DateOnly DayOf(BackupRun run) => DateOnly.FromDateTime(run.StartedAt.DateTime);
}
