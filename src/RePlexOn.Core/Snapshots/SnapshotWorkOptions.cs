using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Snapshots;

/// <summary>What all work on snapshots has in common.</summary>
public abstract record SnapshotWorkOptions
{
    /// <summary>The configuration file; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values that take the place of the configured ones for this run.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>Who or what starts it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Interactive;
}
