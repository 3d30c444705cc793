namespace RePlexOn.Schedules;

/// <summary>What became of a schedule.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Schedule">The schedule as it is now; for one that was removed, as it was.</param>
/// <param name="Before">The schedule whose place it took, here or elsewhere; null where there was none.</param>
public sealed record ScheduleChange(ScheduleChangeKind Kind, BackupSchedule Schedule, BackupSchedule? Before);

/// <summary>What became of a schedule, in one word.</summary>
public enum ScheduleChangeKind
{
    /// <summary>It is there already, and nothing was changed.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It took the place of another one for the same job.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}
