namespace RePlexOn.Security.Firewall;

/// <summary>A country rule, as it is kept.</summary>
internal sealed record FirewallCountryRule
{
    /// <summary>What is done with the countries.</summary>
    public required CountryRuleMode Mode { get; init; }

    /// <summary>Their codes, in order.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>Their networks, in the form of <see cref="AddressSet"/>.</summary>
    public required IReadOnlyList<string> Networks { get; init; }

    /// <summary>The files that the networks came from.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>When the oldest of the files was last changed.</summary>
    public required DateTimeOffset ListsDate { get; init; }
}
