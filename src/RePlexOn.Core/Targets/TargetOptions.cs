namespace RePlexOn.Targets;

/// <summary>How to connect to a target.</summary>
public sealed record TargetOptions
{
    /// <summary>File that holds an rsync daemon's password, readable by its owner alone; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Private key for ssh; null leaves it to ssh's own configuration and agent.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>File of the host keys that ssh trusts; null for ssh's own.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>Port of an ssh server whose target names none; null leaves it to ssh.</summary>
    public int? SshPort { get; init; }

    /// <summary>Seconds to wait for a connection.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 15;

    /// <summary>Seconds without any traffic after which a connection counts as dead; 0 for ever.</summary>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>Most KiB a second to send or receive; 0 for no limit.</summary>
    public int BandwidthLimitKiB { get; init; }
}
