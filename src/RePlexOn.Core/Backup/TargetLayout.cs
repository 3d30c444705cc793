namespace RePlexOn.Backup;

/// <summary>Where things lie below the root of a target; fixed, and the same as the first system's.</summary>
public static class TargetLayout
{
    /// <summary>The mirror: the newest state.</summary>
    public const string Mirror = "plex-current/";

    /// <summary>Snapshots, one folder each.</summary>
    public const string Snapshots = "plex-snapshots/";

    /// <summary>Backups of RePlexOn's own configuration, one folder a day.</summary>
    public const string ConfigurationBackups = "config-backups/";
}
