namespace RePlexOn.Configuration;

/// <summary>How a backup run goes about its work.</summary>
public sealed record BackupSettings
{
    /// <summary>rsync patterns left out of the backup, besides <see cref="Plex.PlexExclusions.Defaults"/>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>By how many percent of its files the source may shrink between two runs before a run is refused.</summary>
    public int MaxShrinkPercent { get; init; } = 25;

    /// <summary>Days after which the whole source is compared with the mirror again; 0 does so in every run.</summary>
    public int FullPassEveryDays { get; init; } = 7;

    /// <summary>
    /// Whether extended attributes and access control lists are kept, in backups and restores. rsync then asks for them at
    /// each file, and both sides must be able to hold them.
    /// </summary>
    public bool KeepAttributes { get; init; }

    /// <summary>Upper limit for sending, in KiB a second; 0 for none.</summary>
    public int BandwidthLimitKiB { get; init; }

    /// <summary>Seconds without a byte from the target after which a run gives up.</summary>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>Seconds to wait for the target's first answer, or for a daemon that has no connection left.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 15;
}
