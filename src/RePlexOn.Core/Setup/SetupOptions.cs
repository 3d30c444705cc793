using RePlexOn.Configuration;

namespace RePlexOn.Setup;

/// <summary>What a user gives at set-up; what is not given keeps what is set, or is found.</summary>
public sealed record SetupOptions
{
    /// <summary>The configuration file to write; null for the default one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Source, target, password file and state directory.</summary>
    public ConfigurationOverrides Values { get; init; } = new();

    /// <summary>The rsync daemon's password, to be kept in the password file; null to leave that file as it is.</summary>
    public string? Password { get; init; }

    /// <summary>Do not ask the target whether it answers.</summary>
    public bool SkipTargetTest { get; init; }
}
