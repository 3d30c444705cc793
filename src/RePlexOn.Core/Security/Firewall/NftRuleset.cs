using System.Globalization;
using System.Text;

namespace RePlexOn.Security.Firewall;

/// <summary>
/// The rules as one table of nftables. It hooks in before addresses are translated: there a port that Docker publishes
/// still is what the client asked for, while the input chain never sees it.
/// </summary>
internal static class NftRuleset
{
    /// <summary>The table.</summary>
    public const string Table = "inet replexon";

    /// <summary>Takes the table away, whether or not it is there.</summary>
    public const string Removal = $"table {Table}\ndelete table {Table}\n";

    private const string Household = "ip6 saddr & ffff:ffff:ffff:ffff::";

    /// <summary>The counter of what is refused for a reason.</summary>
    public static string Counter(Refusal refusal) => $"{refusal.ToString().ToLowerInvariant()}_refused";

    /// <summary>Writes the table; nft puts it in the place of the one that is there, at once or not at all.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The moment that the time left of blocks counts from.</param>
    /// <param name="forBoot">Whether it is loaded at an unknown later moment, and so names the moments when blocks end.</param>
    public static string Write(FirewallRules rules, DateTimeOffset now, bool forBoot)
    {
        var text = new StringBuilder();
        text.AppendLine(FirewallText.Heading).Append(Removal).AppendLine(CultureInfo.InvariantCulture, $"table {Table} {{");
        WriteSets(text, rules, now, forBoot);
        WriteChains(text, rules, forBoot);
        return text.AppendLine("}").ToString();
    }

    /// <summary>Blocks an address in the table that is there, whether or not it is blocked already.</summary>
    public static string Add(BlockedAddress blocked, DateTimeOffset now)
    {
        string set = $"{Table} {BlockSet(blocked.Range)}", address = Key(blocked.Range);
        return $"add element {set} {{ {address} }}\ndelete element {set} {{ {address} }}\nadd element {set} {{ {Element(blocked, now)} }}\n";
    }

    /// <summary>Lets an address in again.</summary>
    public static string Delete(BlockedAddress blocked) => $"delete element {Table} {BlockSet(blocked.Range)} {{ {Key(blocked.Range)} }}\n";

    private static void WriteSets(StringBuilder text, FirewallRules rules, DateTimeOffset now, bool forBoot)
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            IEnumerable<string> blocked = rules.Blocked
                .Where(one => one.Range.IsIPv6 == isIPv6 && !(forBoot && one.ExpiresAt is not null)).Select(one => Element(one, now));
            WriteSet(text, Named("blocked", isIPv6), isIPv6, "flags timeout", blocked);
            WriteSet(text, Named("exempt", isIPv6), isIPv6, "flags interval", Ranges(rules.Exempt, isIPv6));
            if (rules.CountryRule is { } rule) WriteSet(text, Named("country", isIPv6), isIPv6, "flags interval", Ranges(rule.Networks, isIPv6));
            if (rules.RateLimit is not { } limit) continue;

            WriteSet(text, Named("rate", isIPv6), isIPv6, $"size {FirewallText.MostCounted}; flags dynamic,timeout; timeout {limit.SecondsToForget}s", []);
            WriteSet(text, Named("concurrent", isIPv6), isIPv6, $"size {FirewallText.MostCounted}; flags dynamic", []);
        }
    }

    private static void WriteSet(StringBuilder text, string name, bool isIPv6, string properties, IEnumerable<string> elements)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  set {name} {{");
        text.AppendLine(CultureInfo.InvariantCulture, $"    type {(isIPv6 ? "ipv6_addr" : "ipv4_addr")}; {properties}");
        string all = string.Join(",\n      ", elements);
        if (all.Length > 0) text.AppendLine(CultureInfo.InvariantCulture, $"    elements = {{\n      {all}\n    }}");
        text.AppendLine("  }");
    }

    private static void WriteChains(StringBuilder text, FirewallRules rules, bool forBoot)
    {
        foreach (Refusal refusal in Enum.GetValues<Refusal>().Where(refusal => IsUsed(refusal, rules)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                  counter {{Counter(refusal)}} { }
                  chain {{Chain(refusal)}} {
                    limit rate {{FirewallText.LogPerMinute}}/minute burst 5 packets log prefix "{{FirewallText.LogPrefix(refusal)}}"
                    counter name {{Counter(refusal)}} drop
                  }
                """);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $$"""
              chain prerouting {
                type filter hook prerouting priority mangle; policy accept;
                tcp dport { {{string.Join(", ", rules.Ports)}} } iifname != "lo" fib daddr type local jump guard
              }
              chain guard {
            """);
        foreach (string rule in Guard(rules, forBoot)) text.AppendLine(CultureInfo.InvariantCulture, $"    {rule}");
        text.AppendLine("  }");
    }

    private static IEnumerable<string> Guard(FirewallRules rules, bool forBoot)
    {
        yield return $"ip saddr @blocked4 jump {Chain(Refusal.Blocked)}";
        yield return $"{Household} @blocked6 jump {Chain(Refusal.Blocked)}";
        foreach (BlockedAddress one in rules.Blocked.Where(one => forBoot && one.ExpiresAt is not null))
        {
            string source = one.Range.IsIPv6 ? $"{Household} {Key(one.Range)}" : $"ip saddr {Key(one.Range)}";
            yield return $"{source} meta time < {one.ExpiresAt!.Value.ToUnixTimeSeconds()} jump {Chain(Refusal.Blocked)}";
        }

        if (rules is { CountryRule: null, RateLimit: null }) yield break;
        // Only what opens a connection is held back, whatever the kernel knows of those that were open before it kept track.
        yield return "tcp flags & (fin | syn | rst | ack) != syn return";
        yield return "ip saddr @exempt4 return";
        yield return "ip6 saddr @exempt6 return";
        if (rules.CountryRule is { } country)
        {
            string unless = country.Mode == CountryRuleMode.Allow ? "!= " : "";
            yield return $"ip saddr {unless}@country4 jump {Chain(Refusal.Country)}";
            yield return $"ip6 saddr {unless}@country6 jump {Chain(Refusal.Country)}";
        }

        if (rules.RateLimit is not { } limit) yield break;
        // An update, and no add: an element that is only added is forgotten in the middle of a flood, and starts afresh.
        string rate = $"limit rate over {limit.PerMinute}/minute burst {limit.Burst} packets }} jump {Chain(Refusal.Rate)}";
        string count = $"ct count over {limit.Concurrent} }} jump {Chain(Refusal.Concurrent)}";
        yield return $"update @rate4 {{ ip saddr {rate}";
        yield return $"update @rate6 {{ {Household} {rate}";
        yield return $"add @concurrent4 {{ ip saddr {count}";
        yield return $"add @concurrent6 {{ {Household} {count}";
    }

    private static bool IsUsed(Refusal refusal, FirewallRules rules) => refusal switch
    {
        Refusal.Blocked => true,
        Refusal.Country => rules.CountryRule is not null,
        _ => rules.RateLimit is not null,
    };

    private static IEnumerable<string> Ranges(IReadOnlyList<string> networks, bool isIPv6) =>
        AddressSet.Of(networks).Of(isIPv6).Select(range => range.ToString());

    private static string Element(BlockedAddress blocked, DateTimeOffset now) => blocked.ExpiresAt is { } end
        ? string.Create(CultureInfo.InvariantCulture, $"{Key(blocked.Range)} timeout {Math.Max(1, (long)Math.Ceiling((end - now).TotalSeconds))}s")
        : Key(blocked.Range);

    // The sets of blocks hold no intervals: of an IPv6 network, its first address stands for it.
    private static string Key(AddressRange range) => AddressRange.Between(range.IsIPv6, range.First, range.First)!.Value.ToString();

    private static string BlockSet(AddressRange range) => Named("blocked", range.IsIPv6);

    private static string Named(string name, bool isIPv6) => $"{name}{(isIPv6 ? 6 : 4)}";

    private static string Chain(Refusal refusal) => $"refuse_{refusal.ToString().ToLowerInvariant()}";
}
