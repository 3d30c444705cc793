namespace RePlexOn.Backup;

/// <summary>How the backup stands, in one word.</summary>
public enum BackupHealth
{
    /// <summary>No backup was ever made from here.</summary>
    NeverRun,

    /// <summary>A backup is under way.</summary>
    Running,

    /// <summary>The last backup ended well, or with warnings.</summary>
    Healthy,

    /// <summary>The last backup ended without a good copy, or the last verification found the mirror damaged.</summary>
    Failing,

    /// <summary>A schedule says that a good copy should be there by now, and none has been tried since.</summary>
    Overdue,
}
