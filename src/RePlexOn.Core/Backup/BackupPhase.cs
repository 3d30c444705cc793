namespace RePlexOn.Backup;

/// <summary>What a backup is doing just now, in the order in which it does it.</summary>
public enum BackupPhase
{
    /// <summary>Looking at the source, the target and the room there is.</summary>
    Preflight,

    /// <summary>Reading what the source holds.</summary>
    Scanning,

    /// <summary>Taking and checking copies of the databases.</summary>
    Databases,

    /// <summary>Looking whether the mirror is as the last run left it.</summary>
    Comparing,

    /// <summary>Sending files to the mirror.</summary>
    Mirroring,

    /// <summary>Sending the databases.</summary>
    SendingDatabases,

    /// <summary>Writing down that the mirror is whole.</summary>
    Finishing,

    /// <summary>Keeping the mirror as a snapshot.</summary>
    Snapshot,

    /// <summary>Removing snapshots.</summary>
    RemovingSnapshots,

    /// <summary>Fetching a backup from the target.</summary>
    Fetching,

    /// <summary>Proving what was fetched.</summary>
    CheckingFetched,

    /// <summary>Putting what was fetched where it belongs, or what was there before.</summary>
    Replacing,

    /// <summary>Backing up, or bringing back, the configuration.</summary>
    Configuration,
}
