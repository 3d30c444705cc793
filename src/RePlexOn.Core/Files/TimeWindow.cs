namespace RePlexOn.Files;

/// <summary>A stretch of time, both ends included, in nanoseconds since 1970-01-01 UTC.</summary>
internal readonly record struct TimeWindow(long FromNs, long ToNs)
{
    public bool Contains(long ns) => ns >= FromNs && ns <= ToNs;
}
