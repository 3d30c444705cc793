namespace RePlexOn.Configuration;

/// <summary>When a scheduled run counts as missed.</summary>
public sealed record ScheduleSettings
{
    /// <summary>Minutes after the time it was due at, within which a run may begin.</summary>
    public int GraceMinutes { get; init; } = 120;
}
