using RePlexOn.History;
using RePlexOn.Schedules;

namespace RePlexOn.Backup;

/// <summary>How one job stands: what became of its runs, against when they were due.</summary>
public sealed record JobStatus
{
    /// <summary>The job.</summary>
    public required ScheduleJob Job { get; init; }

    /// <summary>In one word.</summary>
    public required BackupHealth Health { get; init; }

    /// <summary>When it was due last, with its grace over; null where it has not been due yet, or is not scheduled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it is due next; null where it is not scheduled.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>When it is due, in plain English; null where it is not scheduled.</summary>
    public string? Schedule { get; init; }

    /// <summary>Its newest run, whatever became of it.</summary>
    public BackupRun? LastRun { get; init; }

    /// <summary>Its newest run that ended well, or with warnings.</summary>
    public BackupRun? LastGoodRun { get; init; }

    /// <summary>Its runs without success since then.</summary>
    public int FailuresSince { get; init; }

    /// <summary>Judges a job.</summary>
    /// <param name="last">Its newest run; null where there is none.</param>
    /// <param name="good">Its newest run that ended well, or with warnings.</param>
    /// <param name="due">When it was due last, with its grace over; null where it has not been.</param>
    public static BackupHealth Judge(BackupRun? last, BackupRun? good, DateTimeOffset? due)
    {
        // A run that was under way when it was due did what was due.
        bool isDone = due is null || good?.EndedAt >= due;
        bool wasTried = isDone || last?.StartedAt >= due || last?.EndedAt >= due;
        return last?.Status switch
        {
            // One that has not ended by the next time it was due hangs.
            _ when !wasTried => BackupHealth.Overdue,
            null => BackupHealth.NeverRun,
            RunStatus.Running => BackupHealth.Running,
            RunStatus.Succeeded or RunStatus.Warning => BackupHealth.Healthy,
            _ => BackupHealth.Failing,
        };
    }

    /// <summary>When a job was due last: by its schedule as it stands, and with the grace over by now.</summary>
    /// <param name="schedule">Its schedule; null where it has none.</param>
    /// <param name="now">The moment to judge from.</param>
    /// <param name="grace">How late a run may be.</param>
    /// <param name="zone">The zone of the clock that schedules go by.</param>
    public static DateTimeOffset? LastDue(BackupSchedule? schedule, DateTimeOffset now, TimeSpan grace, TimeZoneInfo zone)
    {
        if (schedule is null || !CronExpression.TryParse(schedule.Expression, out CronExpression? expression)) return null;
        DateTimeOffset? due = expression.Previous(now - grace, zone, schedule.Place);
        return due >= schedule.Since ? due : null;
    }
}
