namespace RePlexOn.Backup;

/// <summary>How the source is compared with the mirror.</summary>
public enum MirrorPass
{
    /// <summary>Only what changed since the last good run, by its index, goes to rsync.</summary>
    Delta,

    /// <summary>
    /// rsync compares every file by size and time, and by content those that the index calls suspect.
    /// </summary>
    Full,

    /// <summary>rsync compares every file by content: nothing is known of the mirror.</summary>
    FullByContent,
}
