using RePlexOn.Configuration;

namespace RePlexOn.ConfigurationBackups;

/// <summary>What a user asks of a return of the configuration.</summary>
public sealed record ConfigurationRestoreOptions
{
    /// <summary>The configuration file to bring back, which need not exist; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>
    /// Single values that take the place of the configured ones. With a target, and a password file where it needs one, no
    /// configuration is needed.
    /// </summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>The day of the backup, as <c>yyyy-MM-dd</c>; null for the newest.</summary>
    public string? Date { get; init; }

    /// <summary>
    /// An empty or new folder that gets all files; null to put back the configuration, its secrets and its history where
    /// they belong. Schedules and files of the user's own come back into a folder only: a second machine must not begin
    /// to back up to the first one's mirror by itself.
    /// </summary>
    public string? DestinationPath { get; init; }
}
