using RePlexOn.Alerts;

namespace RePlexOn.Configuration;

/// <summary>What is told, and to which watcher runs report that they are alive.</summary>
public sealed record AlertSettings
{
    /// <summary>Whose runs send alerts and pings.</summary>
    public AlertedRuns Runs { get; init; } = AlertedRuns.Scheduled;

    /// <summary>Whether a run that ended with warnings is told of.</summary>
    public bool Warnings { get; init; } = true;

    /// <summary>The weekday from which on the digest of the week is due.</summary>
    public DigestDay DigestOn { get; init; } = DigestDay.Monday;

    /// <summary>Address to ping at the start and the end of a backup, or the file that holds it; null for none.</summary>
    public string? Ping { get; init; }
}
