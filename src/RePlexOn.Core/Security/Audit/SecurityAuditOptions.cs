using RePlexOn.Checks;
using RePlexOn.Configuration;

namespace RePlexOn.Security.Audit;

/// <summary>What an audit looks at.</summary>
public sealed record SecurityAuditOptions
{
    /// <summary>The configuration file; null for the default one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values in place of the configured ones.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>A Preferences.xml to look at alone, of any machine: nothing else is looked at, and nothing recorded.</summary>
    public string? PreferencesPath { get; init; }

    /// <summary>Only checks with these ids; <c>*</c> and <c>?</c> stand for any text and any character. Empty for all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only checks of these categories, with the same wildcards. Empty for all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Leave out what is less grave.</summary>
    public CheckSeverity MinimumSeverity { get; init; } = CheckSeverity.Info;

    /// <summary>Ask plex.tv too, with the server's own token: with whom the server is shared.</summary>
    public bool Online { get; init; }

    /// <summary>Where the file system begins; only what is read of the machine's own files starts there.</summary>
    internal string Root { get; init; } = "/";

    /// <summary>plex.tv.</summary>
    internal Uri PlexTv { get; init; } = new("https://plex.tv/");
}
