using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Backup;

/// <summary>What a user asks of one backup.</summary>
public sealed record MirrorOptions
{
    /// <summary>The configuration file; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values that take the place of the configured ones for this run.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>Who or what starts it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Interactive;

    /// <summary>Compare every file, whatever the index says.</summary>
    public bool Full { get; init; }

    /// <summary>Go on although the source has shrunk, or the target's share seems not to be mounted.</summary>
    public bool Force { get; init; }
}
