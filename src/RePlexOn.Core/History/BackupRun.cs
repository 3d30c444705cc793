using RePlexOn.Plex.Databases;

namespace RePlexOn.History;

/// <summary>One run, as the history keeps it and as cmdlets and commands return it.</summary>
public sealed record BackupRun
{
    /// <summary>Unique name of the run (a version 7 UUID); the target's manifest names it too.</summary>
    public required string Id { get; init; }

    /// <summary>Running number in this history, from 1.</summary>
    public long Number { get; init; }

    /// <summary>What the run does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>Who or what started it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>How it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it started, with the offset of the local zone at that moment.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; for an interrupted run, when it was last seen alive. Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took, from a monotonic clock, so a change of the wall clock does not touch it.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The Plex data directory.</summary>
    public string? Source { get; init; }

    /// <summary>The target, as the user wrote it (it holds no secret).</summary>
    public string? Target { get; init; }

    /// <summary>How the source was compared with the mirror: <c>Delta</c>, <c>Full</c> or <c>FullByContent</c>; of a verification, its depth.</summary>
    public string? Pass { get; init; }

    /// <summary>Why that pass was chosen; of a verification, what was verified: <c>mirror</c>, or the name of a snapshot.</summary>
    public string? PassReason { get; init; }

    /// <summary>Regular files in the copy, databases among them.</summary>
    public long FilesTotal { get; init; }

    /// <summary>Bytes in the copy, databases among them.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Regular files whose content was sent.</summary>
    public long FilesSent { get; init; }

    /// <summary>Entries removed from the mirror.</summary>
    public long FilesDeleted { get; init; }

    /// <summary>Bytes that went over the wire to the target.</summary>
    public long BytesSent { get; init; }

    /// <summary>The databases in the copy, with the moment and the SHA-256 of each.</summary>
    public IReadOnlyList<CapturedDatabase> Databases { get; init; } = [];

    /// <summary>How it ended, as a process exit code would say it; null while it runs.</summary>
    public ExitCode? ExitCode { get; init; }

    /// <summary>One line a person understands: what was done, or what went wrong.</summary>
    public string? Message { get; init; }

    /// <summary>Short and stable name of what went wrong, such as <c>TargetUnreachable</c>; null where nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What to do about what went wrong; null where nothing did.</summary>
    public string? Advice { get; init; }

    /// <summary>What wants attention although the run ended with a copy.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Name of the machine that ran it.</summary>
    public required string Host { get; init; }

    /// <summary>Version of RePlexOn.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Plex's processed machine identifier, which names the server.</summary>
    public string? MachineIdentifier { get; init; }

    /// <summary>Plex Media Server's version, where it could be found out.</summary>
    public string? PlexVersion { get; init; }

    /// <summary>Process that runs or ran it.</summary>
    public int ProcessId { get; init; }
}
