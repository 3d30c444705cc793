using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Snapshots;
using RePlexOn.Statistics;

namespace RePlexOn.Reports;

/// <summary>What a report tells.</summary>
internal sealed record BackupReport
{
    /// <summary>The moment that it tells of.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>How the backup stands.</summary>
    public required BackupStatus Status { get; init; }

    /// <summary>How the runs of its days went.</summary>
    public required BackupStatistics Statistics { get; init; }

    /// <summary>Its days, in order, up to today.</summary>
    public required IReadOnlyList<ReportDay> Days { get; init; }

    /// <summary>The newest runs, the newest first.</summary>
    public required IReadOnlyList<BackupRun> Runs { get; init; }

    /// <summary>The schedules of this configuration, and those of the first system.</summary>
    public required IReadOnlyList<BackupSchedule> Schedules { get; init; }

    /// <summary>The snapshots on the target, the newest first; null where it did not tell, or was not asked.</summary>
    public IReadOnlyList<PlexSnapshot>? Snapshots { get; init; }

    /// <summary>Why the target did not tell; null where it did, or was not asked.</summary>
    public RePlexOnException? SnapshotTrouble { get; init; }
}
