using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Statistics;

namespace RePlexOn.Reports;

/// <summary>Works out how each day of a report went.</summary>
/// <param name="mirror">The backup's schedule; null where it has none.</param>
/// <param name="grace">How late a run may be.</param>
/// <param name="now">The moment to judge from.</param>
/// <param name="zone">The zone of the clock that schedules go by.</param>
internal sealed class ReportDays(BackupSchedule? mirror, TimeSpan grace, DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>All days from the first to the last, also those on which nothing ran.</summary>
    /// <param name="runs">The runs of these days.</param>
    /// <param name="statistics">The figures of these runs.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="bytesBefore">Bytes in the mirror before the first day; null where none is known.</param>
    public IReadOnlyList<ReportDay> Of(
        IEnumerable<BackupRun> runs, BackupStatistics statistics, DateOnly first, DateOnly last, long? bytesBefore)
    {
        ILookup<DateOnly, BackupRun> byDay = runs.ToLookup(run => DateOnly.FromDateTime(run.StartedAt.DateTime));
        Dictionary<DateOnly, DayStatistics> figures = statistics.Days.ToDictionary(day => day.Day);
        var days = new List<ReportDay>();
        long? bytes = bytesBefore;
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            DayStatistics? known = figures.GetValueOrDefault(day);
            bytes = known?.Bytes ?? bytes;
            days.Add(new ReportDay(day, StateOf(day, [.. byDay[day]]), known?.Runs ?? 0, known?.Failed ?? 0, bytes, known?.BytesSent ?? 0));
        }

        return days;
    }

    private ReportDayState StateOf(DateOnly day, BackupRun[] runs)
    {
        bool isGood = runs.Any(run => run.Status is RunStatus.Succeeded or RunStatus.Warning);
        bool isBad = runs.Any(run => run.Status is RunStatus.Failed or RunStatus.Interrupted);
        return (isGood, isBad) switch
        {
            (true, true) => ReportDayState.Mixed,
            (false, true) => ReportDayState.Bad,
            _ when runs.All(run => run.Kind != RunKind.Mirror) && WasDue(day) => ReportDayState.Missed,
            (true, false) => runs.Any(run => run.Status == RunStatus.Warning) ? ReportDayState.Warning : ReportDayState.Good,
            _ => ReportDayState.None,
        };
    }

    private bool WasDue(DateOnly day)
    {
        if (mirror is null || !CronExpression.TryParse(mirror.Expression, out CronExpression? expression)) return false;

        DateTimeOffset? due = expression.Next(Midnight(day).AddTicks(-1), zone, mirror.Place);
        return due is { } moment && moment < Midnight(day.AddDays(1)) && moment >= mirror.Since && moment + grace < now;
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
