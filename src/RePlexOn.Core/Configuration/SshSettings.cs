namespace RePlexOn.Configuration;

/// <summary>How to reach a target over ssh. What is null here is left to the user's own ssh configuration.</summary>
public sealed record SshSettings
{
    /// <summary>Absolute path of the private key.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Absolute path of the file with the keys of known hosts.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The server's port, for a target that names none.</summary>
    public int? Port { get; init; }
}
