namespace RePlexOn.Legacy;

/// <summary>What was read of the first system, and what the history holds of it now.</summary>
public sealed record LegacyImportResult
{
    /// <summary>The log or the database.</summary>
    public required string Path { get; init; }

    /// <summary>The tracking file that was read with a log; null where there is none.</summary>
    public string? TrackingPath { get; init; }

    /// <summary>Runs that were added to the history; with <see cref="IsDryRun"/>, that would be.</summary>
    public int Added { get; init; }

    /// <summary>Of those, the runs that only the tracking file tells of: the day is known, and how they ended.</summary>
    public int AddedByDay { get; init; }

    /// <summary>Runs that were met and are in the history already.</summary>
    public int Known { get; init; }

    /// <summary>Runs from elsewhere that were taken out of the history, since the log tells them better.</summary>
    public int Replaced { get; init; }

    /// <summary>Rows of a database that were left out; <see cref="Notes"/> say why.</summary>
    public int LeftOut { get; init; }

    /// <summary>Bytes of logs that were read.</summary>
    public long BytesRead { get; init; }

    /// <summary>How long it took, from a monotonic clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether nothing was changed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>What a person should know about it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
