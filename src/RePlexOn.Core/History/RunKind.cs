namespace RePlexOn.History;

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Brings the mirror on the target up to date.</summary>
    Mirror,

    /// <summary>Makes a dated snapshot of the mirror.</summary>
    Snapshot,

    /// <summary>Removes snapshots that no retention rule keeps.</summary>
    Prune,

    /// <summary>Backs up the configuration, schedules and scripts.</summary>
    ConfigBackup,

    /// <summary>Proves a copy against its manifest or its source.</summary>
    Verify,

    /// <summary>Gives a copy back.</summary>
    Restore,
}
