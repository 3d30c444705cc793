using System.Globalization;
using RePlexOn.History;
using RePlexOn.Schedules;

namespace RePlexOn.Backup;

/// <summary>Says in one sentence or two how a job stands.</summary>
internal static class JobSummary
{
    public static string Of(JobStatus job)
    {
        string what = Noun(job.Job);
        BackupRun? last = job.LastRun, good = job.LastGoodRun;
        string copy = job.Job == ScheduleJob.Mirror ? "the copy is" : "the last good one is";
        string state = good is null ? "none has ended well yet" : $"{copy} of {Local(good.EndedAt)}";
        return (job.Health, last) switch
        {
            (BackupHealth.Overdue, { Status: RunStatus.Running }) =>
                $"A {what} was due at {Local(job.DueAt)}, and the one before, begun at {Local(last.StartedAt)}, is still not done; {state}.",
            (BackupHealth.Overdue, _) =>
                $"A {what} was due at {Local(job.DueAt)} ({job.Schedule}) and was not begun; {state}. See whether the schedule still fires, or the machine was off.",
            (_, null) => $"No {what} has been made yet.",
            (_, { Status: RunStatus.Running }) => $"A {what} has been running since {Local(last.StartedAt)}.",
            (_, { Status: RunStatus.Succeeded }) => $"The last {what} ended well at {Local(last.EndedAt)}.",
            (_, { Status: RunStatus.Warning }) => $"The last {what} ended at {Local(last.EndedAt)} with {last.Warnings.Count} warnings.",
            _ when good is null => $"No {what} has ended well yet. {last.Message}",
            _ => $"The last {(job.FailuresSince == 1 ? what : $"{job.FailuresSince} {what}s")} did not end well; {state}. {last.Message}",
        };
    }

    private static string Noun(ScheduleJob job) => job switch
    {
        ScheduleJob.Snapshot => "snapshot",
        ScheduleJob.Prune => "clean-up",
        ScheduleJob.Verify => "verification",
        ScheduleJob.ConfigBackup => "configuration backup",
        _ => "backup",
    };

    private static string Local(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "an unknown time";
}
