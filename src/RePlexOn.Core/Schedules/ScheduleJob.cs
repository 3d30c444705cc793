namespace RePlexOn.Schedules;

/// <summary>What a schedule starts.</summary>
public enum ScheduleJob
{
    /// <summary>Brings the mirror on the target up to date.</summary>
    Mirror,

    /// <summary>The same, and keeps that state as a snapshot.</summary>
    Snapshot,

    /// <summary>Removes the snapshots that no retention rule keeps.</summary>
    Prune,

    /// <summary>Proves the copy.</summary>
    Verify,

    /// <summary>Backs up RePlexOn's own configuration.</summary>
    ConfigBackup,

    /// <summary>Tells how the backup stands, with an exit code that says whether it is well.</summary>
    Check,
}
