namespace RePlexOn.Statistics;

/// <summary>What one day brought.</summary>
/// <param name="Day">The day, by the local time at which runs started.</param>
/// <param name="Runs">All runs of that day.</param>
/// <param name="Succeeded">Those that succeeded, with warnings or without.</param>
/// <param name="Failed">Those that failed or whose process died.</param>
/// <param name="Bytes">Bytes in the mirror at the day's end; of a day without a good mirror run, those of the day before. Null before the first.</param>
/// <param name="BytesSent">Bytes that went over the wire.</param>
public sealed record DayStatistics(DateOnly Day, int Runs, int Succeeded, int Failed, long? Bytes, long BytesSent);
