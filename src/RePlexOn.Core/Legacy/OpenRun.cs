using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>A run whose beginning was read, and whose end was not yet.</summary>
internal sealed record OpenRun
{
    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The run's name.</summary>
    public required string Id { get; init; }

    /// <summary>When it began; null where the log says so in a way that cannot be read.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whether another one of its kind began while it was open: it crashed, or both ran at once.</summary>
    public bool Overtaken { get; init; }

    /// <summary>Whether RePlexOn wrote it itself, and not the first system.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The one line that a run of RePlexOn's own ended with.</summary>
    public string? Message { get; init; }

    /// <summary>Bytes that rsync sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes in the copy.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Files in the copy; of <c>--stats</c>.</summary>
    public long FilesTotal { get; init; }

    /// <summary>Files sent; of <c>--stats</c>.</summary>
    public long FilesSent { get; init; }

    /// <summary>Entries deleted; of <c>--stats</c>, or the folders that a clean-up began to delete.</summary>
    public long FilesDeleted { get; init; }

    /// <summary>What rsync or ssh said of what went wrong.</summary>
    public string? Trouble { get; init; }
}
