namespace RePlexOn.Security.AccessLog;

/// <summary>How to watch.</summary>
public sealed record AccessWatchOptions
{
    /// <summary>The log, as a full path; null for the server's.</summary>
    public string? Path { get; init; }

    /// <summary>Read what is new, and end: for timers.</summary>
    public bool Once { get; init; }

    /// <summary>How long to wait before looking again.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how far it is, after each look.</summary>
    public Action<AccessWatchProgress>? Report { get; init; }
}

/// <summary>How far a watch is.</summary>
/// <param name="Lines">Lines read since it began.</param>
/// <param name="AccessLines">Those of requests and answers among them.</param>
/// <param name="HasGap">Whether lines may have been lost before this look: the log was emptied, or rotated away too often.</param>
public sealed record AccessWatchProgress(long Lines, long AccessLines, bool HasGap);
