using RePlexOn.History;
using RePlexOn.Schedules;

namespace RePlexOn.Backup;

/// <summary>Reads from the history how jobs stand.</summary>
/// <param name="history">What happened.</param>
/// <param name="time">The clock, and the zone that schedules go by.</param>
/// <param name="grace">How late a run may be.</param>
internal sealed class JobStatusReader(HistoryStore history, TimeProvider time, TimeSpan grace)
{
    /// <summary>How a job stands.</summary>
    /// <param name="job">A job that leaves runs in the history.</param>
    /// <param name="schedule">Its schedule; null where it has none.</param>
    public JobStatus Read(ScheduleJob job, BackupSchedule? schedule)
    {
        BackupRun? last = null, good = null;
        int failures = 0;
        foreach (BackupRun run in history.Query(new RunQuery { Kinds = [ScheduledWork.Of(job).Leaves!.Value] }))
        {
            // A run that found another one at work says nothing of how the job stands.
            if (run.ExitCode == ExitCode.Locked) continue;

            // Nor does one of the first system's: it copied live databases, and to a target that need not be this one.
            if (run.Trigger == RunTrigger.Imported) continue;

            last ??= run;
            if (run.Status is RunStatus.Succeeded or RunStatus.Warning)
            {
                good = run;
                break;
            }

            if (run.Status != RunStatus.Running) failures++;
        }

        DateTimeOffset? due = JobStatus.LastDue(schedule, time.GetUtcNow(), grace, time.LocalTimeZone);
        return new JobStatus
        {
            Job = job,
            Health = JobStatus.Judge(last, good, due),
            DueAt = due,
            NextDueAt = schedule?.Next,
            Schedule = schedule?.Description,
            LastRun = last,
            LastGoodRun = good,
            FailuresSince = failures,
        };
    }
}
