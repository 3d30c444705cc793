namespace RePlexOn.Security.AccessLog;

/// <summary>How often something happened in the last so many minutes, to a sixth of that time.</summary>
/// <param name="window">How long a moment counts.</param>
internal sealed class SlidingCount(TimeSpan window)
{
    private const int Parts = 6;

    private readonly long _part = window.Ticks / Parts;
    private readonly int[] _counts = new int[Parts];
    private long _newest = -Parts;

    /// <summary>The number of the newest part, and what was counted in it and those before it; for another time.</summary>
    public CountState State
    {
        get => new(_newest, [.. _counts]);
        init
        {
            if (value.Counts.Count != Parts) return;
            _newest = value.Newest;
            for (int i = 0; i < Parts; i++) _counts[i] = value.Counts[i];
        }
    }

    /// <summary>Counts one more; returns how many there are in the window now.</summary>
    public int Add(DateTimeOffset moment)
    {
        long part = moment.UtcTicks / _part;
        // Back by more than the window, as when a clock is set: begin anew. Lines a moment out of order are as good as in order.
        if (part <= _newest - Parts || part >= _newest + Parts) Array.Clear(_counts);
        else for (long passed = _newest + 1; passed <= part; passed++) _counts[passed % Parts] = 0;
        if (part > _newest || part <= _newest - Parts) _newest = part;

        _counts[part % Parts]++;
        return _counts.Sum();
    }

    /// <summary>Whether nothing of it counts any more.</summary>
    public bool IsOver(DateTimeOffset now) => now.UtcTicks / _part >= _newest + Parts;
}

/// <summary>A count as it is kept.</summary>
/// <param name="Newest">Number of the newest part of the window.</param>
/// <param name="Counts">What was counted in each part.</param>
internal sealed record CountState(long Newest, IReadOnlyList<int> Counts);
