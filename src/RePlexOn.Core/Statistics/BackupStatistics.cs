namespace RePlexOn.Statistics;

/// <summary>How the runs of a period went.</summary>
public sealed record BackupStatistics
{
    /// <summary>When the first of the runs started; null where there are none.</summary>
    public DateTimeOffset? FirstRun { get; init; }

    /// <summary>When the last of the runs started; null where there are none.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>All runs of the period.</summary>
    public int Runs { get; init; }

    /// <summary>
    /// Share of the runs that left what they were for, from 0 to 1: those that succeeded, with warnings or without, of all
    /// that ended by themselves. Runs under way, and runs that somebody stopped, say nothing. Null where none is left.
    /// </summary>
    public double? SuccessRate { get; init; }

    /// <summary>Mean duration of the runs that succeeded; null where none did.</summary>
    public TimeSpan? MeanDuration { get; init; }

    /// <summary>The longest duration of those; null where none did.</summary>
    public TimeSpan? LongestDuration { get; init; }

    /// <summary>Bytes that all runs sent over the wire.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes in the mirror after the last good mirror run; null where there was none.</summary>
    public long? Bytes { get; init; }

    /// <summary>
    /// Bytes by which the mirror grew a day, from the first good mirror run to the last; negative where it shrank. Null
    /// where these are less than a day apart.
    /// </summary>
    public double? GrowthPerDay { get; init; }

    /// <summary>The same figures for each kind of run that there was.</summary>
    public IReadOnlyList<KindStatistics> Kinds { get; init; } = [];

    /// <summary>What each day brought, in order; a day without runs is among them.</summary>
    public IReadOnlyList<DayStatistics> Days { get; init; } = [];
}
