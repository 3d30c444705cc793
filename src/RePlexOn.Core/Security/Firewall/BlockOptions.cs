namespace RePlexOn.Security.Firewall;

/// <summary>Whom to block.</summary>
public sealed record BlockOptions
{
    /// <summary>IP addresses; an IPv6 one stands for its network of 64 bits.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>For how long; null for until it is taken back.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why, for the list of blocked addresses.</summary>
    public string? Reason { get; init; }

    /// <summary>Block what is protected too: the LAN, the gateway, a proxy, oneself.</summary>
    public bool Force { get; init; }

    /// <summary>Whether an address that is blocked is one of them.</summary>
    public bool Names(BlockedAddress blocked) => Addresses.Any(text => BlockedAddress.Unit(text) == blocked.Range);
}
