namespace RePlexOn.Security.Audit;

/// <summary>What the machine's packet filter does with what comes in.</summary>
internal sealed record FirewallView
{
    /// <summary>Why it could not be looked at; null where it could.</summary>
    public string? WhyNot { get; init; }

    /// <summary>What would help then.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Where IPv4 connections that no rule allows are turned away, such as <c>chain inet filter input</c>; null for nowhere.</summary>
    public string? GuardOfIPv4 { get; init; }

    /// <summary>The same for IPv6.</summary>
    public string? GuardOfIPv6 { get; init; }

    /// <summary>Whether the old kernel interface of iptables has rules, which nft does not show.</summary>
    public bool HasLegacyRules { get; init; }

    /// <summary>Where connections to Plex's port are limited in number; null for nowhere.</summary>
    public string? LimitOfPlex { get; init; }

    /// <summary>Where Plex's port is handed on to a container, past the chain for what comes in; null for nowhere.</summary>
    public string? PublishedPast { get; init; }
}
