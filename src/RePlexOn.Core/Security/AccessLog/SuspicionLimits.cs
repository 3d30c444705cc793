namespace RePlexOn.Security.AccessLog;

/// <summary>How much of something makes an address suspicious.</summary>
public sealed record SuspicionLimits
{
    /// <summary>Requests refused for want of a token, within <see cref="Window"/>.</summary>
    public int Refused { get; init; } = 20;

    /// <summary>Requests for what no Plex server has, within <see cref="Window"/>.</summary>
    public int Scans { get; init; } = 5;

    /// <summary>Requests without a user within a minute.</summary>
    public int Rate { get; init; } = 600;

    /// <summary>How long a refusal or a scan counts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long an address that was let in may be refused without suspicion: its session has run out.</summary>
    public TimeSpan Trust { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After how long without anything new an address that comes again is told of again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromHours(24);
}
