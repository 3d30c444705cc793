namespace RePlexOn.Setup;

/// <summary>What of a set-up is to be taken back.</summary>
public sealed record SetupRemovalOptions
{
    /// <summary>The configuration whose set-up it is; null for the default one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Where history and index lie, in place of the configured folder.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Take out the schedules of other configurations of this user too: the program goes away.</summary>
    public bool AllSchedules { get; init; }

    /// <summary>Remove the configuration, the secret, and the history too, as far as set-up made them.</summary>
    public bool Purge { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool DryRun { get; init; }
}
