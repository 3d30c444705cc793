using RePlexOn.History;

namespace RePlexOn.Backup;

/// <summary>How the backup of this machine stands.</summary>
public sealed record BackupStatus
{
    /// <summary>In one word.</summary>
    public required BackupHealth Health { get; init; }

    /// <summary>As a command says it to scripts: 0 where it is healthy or a backup is under way, else 1, 4 or 5.</summary>
    public ExitCode ExitCode => Health switch
    {
        BackupHealth.Failing => ExitCode.Failed,
        BackupHealth.Overdue => ExitCode.Overdue,
        BackupHealth.NeverRun => ExitCode.NeverRun,
        _ => ExitCode.Succeeded,
    };

    /// <summary>In one sentence or two, for a person.</summary>
    public required string Summary { get; init; }

    /// <summary>The Plex data directory; null where none is set and none was backed up yet.</summary>
    public string? Source { get; init; }

    /// <summary>Where backups go; null where that is not set.</summary>
    public string? Target { get; init; }

    /// <summary>The newest mirror run, whatever became of it.</summary>
    public BackupRun? LastRun { get; init; }

    /// <summary>The newest mirror run that left a copy.</summary>
    public BackupRun? LastGoodRun { get; init; }

    /// <summary>When that copy was whole.</summary>
    public DateTimeOffset? LastGoodAt => LastGoodRun?.EndedAt;

    /// <summary>How long ago that was.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Files in that copy.</summary>
    public long? Files => LastGoodRun?.FilesTotal;

    /// <summary>Bytes in that copy.</summary>
    public long? Bytes => LastGoodRun?.BytesTotal;

    /// <summary>Mirror runs without a copy since then.</summary>
    public int FailuresSince { get; init; }

    /// <summary>The newest verification that came to a verdict, good or bad; its exit code tells which.</summary>
    public BackupRun? LastVerification { get; init; }

    /// <summary>When a backup was last proved good; null where none ever was.</summary>
    public DateTimeOffset? LastVerifiedAt { get; init; }

    /// <summary>Each job that is scheduled, and the mirror in any case.</summary>
    public IReadOnlyList<JobStatus> Jobs { get; init; } = [];

    /// <summary>When the next backup is due; null where none is scheduled.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>The configuration in force; null where there is none.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Where the history lies.</summary>
    public required string StateDirectory { get; init; }
}
