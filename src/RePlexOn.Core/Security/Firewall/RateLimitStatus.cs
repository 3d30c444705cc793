namespace RePlexOn.Security.Firewall;

/// <summary>How often one address may knock, and how that stands.</summary>
public sealed record RateLimitStatus
{
    /// <summary>New connections a minute from one address (of IPv6, from one network of 64 bits), in the long run.</summary>
    public required int PerMinute { get; init; }

    /// <summary>New connections at once, before the limit by the minute holds.</summary>
    public required int Burst { get; init; }

    /// <summary>Connections open at the same time.</summary>
    public required int Concurrent { get; init; }

    /// <summary>TCP ports that it holds for.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Networks and proxies that it does not hold for.</summary>
    public required IReadOnlyList<string> Exempt { get; init; }

    /// <summary>Whether the kernel has it now.</summary>
    public required bool IsLoaded { get; init; }

    /// <summary>Whether it comes back after a start of the machine.</summary>
    public required bool IsKept { get; init; }

    /// <summary>What put it into the kernel.</summary>
    public required FirewallToolKind Tool { get; init; }

    /// <summary>Packets refused since it was last put in, since there were too many a minute; null where it is not loaded.</summary>
    public long? RefusedByRate { get; init; }

    /// <summary>Packets refused since it was last put in, since there were too many connections at once; null where it is not loaded.</summary>
    public long? RefusedByConcurrency { get; init; }
}
