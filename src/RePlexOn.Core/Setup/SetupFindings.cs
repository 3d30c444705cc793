using RePlexOn.Configuration;
using RePlexOn.Plex;

namespace RePlexOn.Setup;

/// <summary>What is on this machine before set-up.</summary>
public sealed record SetupFindings
{
    /// <summary>The configuration that set-up is about, as a full path.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>What is in it; null where it is not there yet.</summary>
    public RePlexOnConfiguration? Configuration { get; init; }

    /// <summary>Where history and index lie, or will lie.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The Plex data directories that were found.</summary>
    public required IReadOnlyList<PlexInstallation> Installations { get; init; }

    /// <summary>How the first RePlexOn was set; null where there is no trace of it.</summary>
    public FirstSystemSettings? FirstSystem { get; init; }
}
