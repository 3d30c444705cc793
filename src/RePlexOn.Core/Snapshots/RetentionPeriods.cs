namespace RePlexOn.Snapshots;

/// <summary>One rule that keeps the newest snapshot of each of so many periods; is shown the snapshots newest first.</summary>
/// <param name="kind">Names the rule in reasons: <c>weekly</c>.</param>
/// <param name="count">How many periods; negative for all.</param>
/// <param name="periodOf">Tells the period of a local time from that of another.</param>
internal sealed class RetentionPeriods(string kind, int count, Func<DateTime, long> periodOf)
{
    private int _left = count;
    private long? _last;

    /// <summary>Why it keeps the next snapshot; null where it does not.</summary>
    /// <param name="takenAt">When that was taken, on its own clock.</param>
    /// <param name="isOldest">Whether no older one follows. The oldest stays while there are too few, so that history can grow.</param>
    public string? ReasonToKeep(DateTime takenAt, bool isOldest)
    {
        if (_left == 0) return null;

        long period = periodOf(takenAt);
        bool isNewestOfItsPeriod = period != _last;
        if (!isNewestOfItsPeriod && !isOldest) return null;

        _last = period;
        if (_left > 0) _left--;
        return isNewestOfItsPeriod ? $"{kind} snapshot" : $"oldest {kind} snapshot";
    }
}
