namespace RePlexOn.Snapshots;

/// <summary>
/// Which snapshots to keep, as restic means it: of each period that holds a snapshot the newest one, up to a number of
/// periods. A snapshot that any rule keeps is kept. For each number 0 is no rule, and -1 keeps one of every period.
/// </summary>
public sealed record RetentionRules
{
    /// <summary>The newest ones.</summary>
    public int KeepLast { get; init; }

    /// <summary>Hours of which to keep one.</summary>
    public int KeepHourly { get; init; }

    /// <summary>Days of which to keep one.</summary>
    public int KeepDaily { get; init; }

    /// <summary>Weeks, from Monday on, of which to keep one.</summary>
    public int KeepWeekly { get; init; } = 4;

    /// <summary>Months of which to keep one.</summary>
    public int KeepMonthly { get; init; }

    /// <summary>Years of which to keep one.</summary>
    public int KeepYearly { get; init; }

    /// <summary>All that are less than this older than the newest; null for no such rule.</summary>
    public TimeSpan? KeepWithin { get; init; }

    /// <summary>Whether no rule is set. Nothing is removed then.</summary>
    public bool IsEmpty => this is
    {
        KeepLast: 0, KeepHourly: 0, KeepDaily: 0, KeepWeekly: 0, KeepMonthly: 0, KeepYearly: 0, KeepWithin: null,
    };
}
