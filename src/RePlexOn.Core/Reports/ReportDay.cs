namespace RePlexOn.Reports;

/// <summary>One day of a report.</summary>
/// <param name="Day">The day, by the local time at which runs started.</param>
/// <param name="State">In one word.</param>
/// <param name="Runs">All runs of that day.</param>
/// <param name="Failed">Those that failed or whose process died.</param>
/// <param name="Bytes">Bytes in the mirror at the day's end; null where none is known up to then.</param>
/// <param name="BytesSent">Bytes that went over the wire.</param>
internal sealed record ReportDay(DateOnly Day, ReportDayState State, int Runs, int Failed, long? Bytes, long BytesSent);

/// <summary>How a day went, in one word.</summary>
internal enum ReportDayState
{
    /// <summary>Nothing ran, and nothing was due.</summary>
    None,

    /// <summary>All that ended by itself ended well.</summary>
    Good,

    /// <summary>The same, but some of it with warnings.</summary>
    Warning,

    /// <summary>Some runs ended well, some did not.</summary>
    Mixed,

    /// <summary>No run ended well, and some failed.</summary>
    Bad,

    /// <summary>A backup was due, and none was begun.</summary>
    Missed,
}
