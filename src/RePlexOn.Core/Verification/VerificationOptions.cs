using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Verification;

/// <summary>What a user asks of one verification.</summary>
public sealed record VerificationOptions
{
    /// <summary>How many files a sample holds where nothing else is said.</summary>
    public const int DefaultSampleFiles = 200;

    /// <summary>The configuration file; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values that take the place of the configured ones for this run.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>Who or what starts it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Interactive;

    /// <summary>Name of the snapshot to verify; null for the mirror.</summary>
    public string? Snapshot { get; init; }

    /// <summary>How much is read.</summary>
    public VerificationDepth Depth { get; init; } = VerificationDepth.Sample;

    /// <summary>How many files a sample holds.</summary>
    public int SampleFiles { get; init; } = DefaultSampleFiles;

    /// <summary>Chooses the sample, so that one can be taken again; null for another one each time.</summary>
    public int? Seed { get; init; }
}
