namespace RePlexOn.Security.Firewall;

/// <summary>Which countries may connect, and how that stands.</summary>
public sealed record CountryRuleStatus
{
    /// <summary>What is done with the countries.</summary>
    public required CountryRuleMode Mode { get; init; }

    /// <summary>Their codes.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>How many ranges of IPv4 addresses they have.</summary>
    public required int IPv4Ranges { get; init; }

    /// <summary>How many ranges of IPv6 addresses they have.</summary>
    public required int IPv6Ranges { get; init; }

    /// <summary>The files that say so.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>When the oldest of the files was last changed.</summary>
    public required DateTimeOffset ListsDate { get; init; }

    /// <summary>TCP ports that it holds for.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Whether the kernel has it now.</summary>
    public required bool IsLoaded { get; init; }

    /// <summary>Whether it comes back after a start of the machine.</summary>
    public required bool IsKept { get; init; }

    /// <summary>Packets refused since it was last put in; null where it is not loaded.</summary>
    public long? Refused { get; init; }
}
