using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.ConfigurationBackups;

/// <summary>What a user asks of a backup of the configuration.</summary>
public sealed record ConfigurationBackupOptions
{
    /// <summary>The configuration file; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values that take the place of the configured ones for this run.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>Who or what starts it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Interactive;

    /// <summary>Take passwords and keys along. Whoever can read the target then has them.</summary>
    public bool IncludeSecret { get; init; }

    /// <summary>Files to take along besides the configured ones, by their absolute paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
