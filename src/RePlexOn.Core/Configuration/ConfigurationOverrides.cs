namespace RePlexOn.Configuration;

/// <summary>Single values that take the place of the configured ones; null leaves the configured one.</summary>
public sealed record ConfigurationOverrides
{
    /// <summary>The Plex data directory.</summary>
    public string? Source { get; init; }

    /// <summary>Where backups go.</summary>
    public string? Target { get; init; }

    /// <summary>The file that holds the rsync daemon's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Where the history, the lock and the index lie.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The configuration with these values in it.</summary>
    public RePlexOnConfiguration ApplyTo(RePlexOnConfiguration configuration) => configuration with
    {
        Source = Source ?? configuration.Source,
        Target = Target ?? configuration.Target,
        PasswordFile = PasswordFile ?? configuration.PasswordFile,
        StateDirectory = StateDirectory ?? configuration.StateDirectory,
    };
}
