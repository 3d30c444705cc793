using RePlexOn.History;

namespace RePlexOn.Schedules;

/// <summary>What is known of each job: its words for both shells, its usual time, and the run that it leaves in the history.</summary>
/// <param name="Job">The job.</param>
/// <param name="Title">What it does, in three words or so.</param>
/// <param name="UsualTime">The cron expression in force where none is given.</param>
/// <param name="Words">The words of the command line after <c>replexon</c>.</param>
/// <param name="Cmdlet">The same for PowerShell.</param>
/// <param name="Leaves">The kind of run that says whether it went well; null where it leaves none.</param>
internal sealed record ScheduledWork(
    ScheduleJob Job, string Title, string UsualTime, IReadOnlyList<string> Words, string Cmdlet, RunKind? Leaves)
{
    // The times keep the jobs of one night apart, as only one run at a time can hold the lock.
    private static readonly ScheduledWork[] All =
    [
        new(ScheduleJob.Mirror, "back up the mirror", "0 3 * * *", ["backup", "--scheduled"],
            "Invoke-PlexBackup -Trigger Schedule", RunKind.Mirror),
        new(ScheduleJob.Snapshot, "back up and keep a snapshot", "0 4 * * 0", ["backup", "--snapshot", "--scheduled"],
            "Invoke-PlexBackup -Snapshot -Trigger Schedule", RunKind.Snapshot),
        new(ScheduleJob.Prune, "remove old snapshots", "0 6 * * 0", ["snapshot", "prune", "--scheduled"],
            "Remove-PlexSnapshot -ApplyRetention -Confirm:$false -Trigger Schedule", RunKind.Prune),
        new(ScheduleJob.Verify, "verify the mirror", "0 7 * * 6", ["verify", "--scheduled"],
            "Test-PlexBackup -Trigger Schedule", RunKind.Verify),
        new(ScheduleJob.ConfigBackup, "back up the configuration", "0 5 1 * *", ["config", "backup", "--scheduled"],
            "Backup-RePlexOnConfiguration -Trigger Schedule", RunKind.ConfigBackup),
        new(ScheduleJob.Check, "check how the backup stands", "0 9 * * *", ["check"],
            "Send-PlexBackupAlert -WhenDue; if ((Get-PlexBackupStatus).Health -notin 'Healthy', 'Running') { throw 'The backup is not well.' }", null),
    ];

    /// <summary>The job as a command line names it.</summary>
    public string Name => NameOf(Job);

    /// <summary>What is known of a job.</summary>
    public static ScheduledWork Of(ScheduleJob job) => Array.Find(All, work => work.Job == job)!;

    /// <summary>A job as a command line, a unit's name and a message name it.</summary>
    public static string NameOf(ScheduleJob job) => job.ToString().ToLowerInvariant();
}
