namespace RePlexOn.Security.Firewall;

/// <summary>Which countries may connect.</summary>
public sealed record CountryRuleOptions
{
    /// <summary>What to do with the countries.</summary>
    public required CountryRuleMode Mode { get; init; }

    /// <summary>Their codes of two letters.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>Files that say which networks they have.</summary>
    public required IReadOnlyList<string> Lists { get; init; }
}
