namespace RePlexOn.Security.Firewall;

/// <summary>What the firewall does.</summary>
public sealed record FirewallStatus
{
    /// <summary>How often one address may knock; null for any number of times.</summary>
    public RateLimitStatus? RateLimit { get; init; }

    /// <summary>Which countries may connect; null for all.</summary>
    public CountryRuleStatus? CountryRule { get; init; }

    /// <summary>Addresses that may not connect.</summary>
    public IReadOnlyList<BlockedAddress> Blocked { get; init; } = [];

    /// <summary>Whether the kernel has the rules now.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Whether they come back after a start of the machine.</summary>
    public bool IsKept { get; init; }

    internal static FirewallStatus Of(FirewallRules rules, FirewallCounts? counts, bool isKept) => new()
    {
        Blocked = rules.Blocked,
        IsLoaded = counts is not null,
        IsKept = isKept,
        RateLimit = rules.RateLimit is not { } limit ? null : new RateLimitStatus
        {
            PerMinute = limit.PerMinute, Burst = limit.Burst, Concurrent = limit.Concurrent,
            Ports = rules.Ports, Exempt = rules.Exempt, Tool = rules.Tool, IsLoaded = counts is not null, IsKept = isKept,
            RefusedByRate = counts?.Of(Refusal.Rate), RefusedByConcurrency = counts?.Of(Refusal.Concurrent),
        },
        CountryRule = rules.CountryRule is not { } rule ? null : new CountryRuleStatus
        {
            Mode = rule.Mode, Countries = rule.Countries, Lists = rule.Lists, ListsDate = rule.ListsDate,
            IPv4Ranges = AddressSet.Of(rule.Networks).Of(isIPv6: false).Count(), IPv6Ranges = AddressSet.Of(rule.Networks).Of(isIPv6: true).Count(),
            Ports = rules.Ports, IsLoaded = counts is not null, IsKept = isKept, Refused = counts?.Of(Refusal.Country),
        },
    };
}
