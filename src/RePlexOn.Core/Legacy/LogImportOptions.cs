namespace RePlexOn.Legacy;

/// <summary>What is asked of an import of a log.</summary>
public sealed record LogImportOptions
{
    /// <summary>Where the first system's scripts write their log unless somebody changed that.</summary>
    public const string DefaultPath = "/var/log/plex-backup.log";

    /// <summary>Where the history lies.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The log, of any name; a full path.</summary>
    public string Path { get; init; } = DefaultPath;

    /// <summary>The tracking file as a full path; null for the one beside the log, if there is one.</summary>
    public string? TrackingPath { get; init; }

    /// <summary>The zone of dates that name none, or one that stands for several; this machine's where it is null.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Whether to find out only what would be added.</summary>
    public bool DryRun { get; init; }
}
