using RePlexOn.History;

namespace RePlexOn.Statistics;

/// <summary>How the runs of one kind went; see <see cref="BackupStatistics"/> for what counts.</summary>
public sealed record KindStatistics
{
    /// <summary>The kind.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>All runs.</summary>
    public int Runs { get; init; }

    /// <summary>Runs that succeeded without a word.</summary>
    public int Succeeded { get; init; }

    /// <summary>Runs that succeeded with warnings.</summary>
    public int Warning { get; init; }

    /// <summary>Runs that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Runs whose process died.</summary>
    public int Interrupted { get; init; }

    /// <summary>Runs that somebody stopped.</summary>
    public int Cancelled { get; init; }

    /// <summary>Share of the runs that left what they were for, from 0 to 1; null where none ended by itself.</summary>
    public double? SuccessRate { get; init; }

    /// <summary>Mean duration of the runs that succeeded; null where none did.</summary>
    public TimeSpan? MeanDuration { get; init; }

    /// <summary>The longest duration of those; null where none did.</summary>
    public TimeSpan? LongestDuration { get; init; }

    /// <summary>Bytes that the runs sent over the wire.</summary>
    public long BytesSent { get; init; }
}
