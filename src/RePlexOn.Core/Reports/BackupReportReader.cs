using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Snapshots;
using RePlexOn.Statistics;

namespace RePlexOn.Reports;

/// <summary>Gathers what a report tells; changes nothing.</summary>
/// <param name="time">The clock, and the zone that days and schedules go by.</param>
/// <param name="schedules">The schedules of this machine.</param>
internal sealed class BackupReportReader(TimeProvider time, ScheduleBook schedules)
{
    /// <summary>Gathers it. A target that does not answer is part of the report, and no error.</summary>
    /// <exception cref="RePlexOnException">The history or the schedules cannot be read.</exception>
    public async Task<BackupReport> ReadAsync(
        RePlexOnConfiguration configuration, ReportOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("reading the history");
        IReadOnlyList<BackupSchedule> all = await schedules.ListAsync(cancellationToken);
        BackupStatus status = new BackupStatusReader(time).Read(configuration, all);
        string path = Path.GetFullPath(configuration.FilePath ?? new ConfigurationStore().ResolvePath());
        BackupSchedule[] ours = [.. all.Where(one => one.IsLegacy || one.ConfigurationPath == path)];

        DateTimeOffset now = time.GetLocalNow();
        DateOnly today = DateOnly.FromDateTime(now.DateTime), first = today.AddDays(1 - options.Days);
        var after = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), now.Offset);
        using HistoryStore history = HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Read, time);
        // Runs near midnight may have begun in another zone's day; which day they count to, their own clock says.
        BackupRun[] runs =
        [
            .. history.Query(new RunQuery { After = after.AddDays(-1) }).Where(run => DateOnly.FromDateTime(run.StartedAt.DateTime) >= first),
        ];
        BackupStatistics statistics = RunStatistics.Measure(runs);
        BackupRun? before = history.Query(new RunQuery
        {
            Kinds = [RunKind.Mirror], Statuses = [RunStatus.Succeeded, RunStatus.Warning], Before = after, Last = 1,
        }).FirstOrDefault();
        // Days before there was anything to tell of are left out.
        bool isOld = history.Query(new RunQuery { Before = after, Last = 1 }).Any();
        DateOnly begin = isOld ? first : statistics.FirstRun is { } earliest ? DateOnly.FromDateTime(earliest.DateTime) : today;
        var days = new ReportDays(
            Array.Find(ours, one => one is { IsLegacy: false, Job: ScheduleJob.Mirror }),
            TimeSpan.FromMinutes(configuration.Schedule.GraceMinutes), now, time.LocalTimeZone);
        (IReadOnlyList<PlexSnapshot>? snapshots, RePlexOnException? trouble) =
            options.SkipTarget ? default : await SnapshotsAsync(configuration, progress, cancellationToken);
        return new BackupReport
        {
            MadeAt = now,
            Host = Environment.MachineName,
            Status = status,
            Statistics = statistics,
            Days = days.Of(runs, statistics, begin, today, before?.BytesTotal),
            Runs = [.. history.Query(new RunQuery { Last = options.Runs })],
            Schedules = ours,
            Snapshots = snapshots,
            SnapshotTrouble = trouble,
        };
    }

    private async Task<(IReadOnlyList<PlexSnapshot>? Snapshots, RePlexOnException? Trouble)> SnapshotsAsync(
        RePlexOnConfiguration configuration, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report($"asking {configuration.Target ?? "the target"} for its snapshots");
        try
        {
            return (await new SnapshotCatalog(time).ListAsync(configuration, cancellationToken), null);
        }
        catch (RePlexOnException trouble)
        {
            return (null, trouble);
        }
    }
}
