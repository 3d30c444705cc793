namespace RePlexOn.Configuration;

/// <summary>What the firewall guards, and whom it leaves alone.</summary>
public sealed record FirewallSettings
{
    /// <summary>TCP ports, as numbers in text.</summary>
    public IReadOnlyList<string> Ports { get; init; } = ["32400"];

    /// <summary>Networks that count as the LAN, beside the private ones and the IPv6 networks that this machine is in.</summary>
    public IReadOnlyList<string> LanNetworks { get; init; } = [];
}
