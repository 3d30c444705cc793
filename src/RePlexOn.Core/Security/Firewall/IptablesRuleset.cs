using System.Globalization;
using System.Text;

namespace RePlexOn.Security.Firewall;

/// <summary>
/// The rules as chains of iptables' table mangle, whose PREROUTING comes before addresses are translated, so that ports
/// which Docker publishes are covered too. Written for <c>iptables-restore --noflush</c>, which takes a text whole or not at all.
/// </summary>
internal static class IptablesRuleset
{
    private const string Main = "REPLEXON", Guard = "REPLEXON-GUARD", Listed = "REPLEXON-LISTED";

    /// <summary>The line that leads into our chains.</summary>
    public const string Entry = $"PREROUTING -j {Main}";

    private static IReadOnlyList<string> Chains { get; } = [Main, Guard, Listed, .. Enum.GetValues<Refusal>().Select(Chain)];

    /// <summary>The rule that counts what is refused for a reason, as iptables-save shows it.</summary>
    public static string CountingRule(Refusal refusal) => $"-A {Chain(refusal)} -j DROP";

    /// <summary>Writes the chains of one family.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="isIPv6">For ip6tables.</param>
    /// <param name="withEntry">Whether the line that leads into them is to be added: it is not there yet.</param>
    public static string Write(FirewallRules rules, bool isIPv6, bool withEntry)
    {
        var text = new StringBuilder(FirewallText.Heading).Append("\n*mangle\n");
        foreach (string chain in Chains) text.Append(CultureInfo.InvariantCulture, $":{chain} - [0:0]\n");
        if (withEntry) text.Append(CultureInfo.InvariantCulture, $"-I {Entry}\n");
        foreach (string rule in Rules(rules, isIPv6)) text.Append(CultureInfo.InvariantCulture, $"-A {rule}\n");
        return text.Append("COMMIT\n").ToString();
    }

    /// <summary>Takes the chains of a family away, those that are missing too.</summary>
    /// <param name="withEntry">Whether the line that leads into them is there.</param>
    public static string Removal(bool withEntry)
    {
        var text = new StringBuilder("*mangle\n");
        foreach (string chain in Chains) text.Append(CultureInfo.InvariantCulture, $":{chain} - [0:0]\n");
        if (withEntry) text.Append(CultureInfo.InvariantCulture, $"-D {Entry}\n");
        foreach (string chain in Chains) text.Append(CultureInfo.InvariantCulture, $"-X {chain}\n");
        return text.Append("COMMIT\n").ToString();
    }

    private static IEnumerable<string> Rules(FirewallRules rules, bool isIPv6)
    {
        yield return $"{Main} -p tcp -m multiport --dports {string.Join(',', rules.Ports)} -m addrtype --dst-type LOCAL ! -i lo -j {Guard}";
        foreach (BlockedAddress one in rules.Blocked.Where(one => one.Range.IsIPv6 == isIPv6))
        {
            // The kernel itself stops to heed a rule at its end; the rule goes with the next change.
            string until = one.ExpiresAt is { } end
                ? $" -m time --datestop {end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}"
                : "";
            yield return $"{Guard} -s {one.Range}{until} -j {Chain(Refusal.Blocked)}";
        }

        foreach (string rule in Limits(rules, isIPv6)) yield return rule;
        foreach (Refusal refusal in Enum.GetValues<Refusal>())
        {
            yield return $"{Chain(refusal)} -m limit --limit {FirewallText.LogPerMinute}/min --limit-burst 5"
                + $" -j LOG --log-prefix \"{FirewallText.LogPrefix(refusal)}\"";
            yield return $"{Chain(refusal)} -j DROP";
        }
    }

    private static IEnumerable<string> Limits(FirewallRules rules, bool isIPv6)
    {
        if (rules is { CountryRule: null, RateLimit: null }) yield break;
        // Only what opens a connection is held back, whatever the kernel knows of those that were open before it kept track.
        yield return $"{Guard} -p tcp ! --syn -j RETURN";
        foreach (AddressRange range in AddressSet.Of(rules.Exempt).Of(isIPv6)) yield return $"{Guard} {Source(range)} -j RETURN";
        if (rules.CountryRule is { } rule)
        {
            (string listed, string others) = rule.Mode == CountryRuleMode.Allow ? ("RETURN", Chain(Refusal.Country)) : (Chain(Refusal.Country), "RETURN");
            yield return $"{Guard} -j {Listed}";
            foreach (AddressRange range in AddressSet.Of(rule.Networks).Of(isIPv6)) yield return $"{Listed} {Source(range)} -j {listed}";
            yield return $"{Listed} -j {others}";
        }

        if (rules.RateLimit is not { } limit) yield break;
        int bits = isIPv6 ? 64 : 32;
        // The kernel keeps the numbers of a table of this name as long as a rule uses it: other numbers need another name.
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{Guard} -m hashlimit --hashlimit-above {limit.PerMinute}/min --hashlimit-burst {limit.Burst} --hashlimit-mode srcip"
            + $" --hashlimit-srcmask {bits} --hashlimit-name replexon-{limit.PerMinute}-{limit.Burst}"
            + $" --hashlimit-htable-max {FirewallText.MostCounted} --hashlimit-htable-expire {limit.SecondsToForget * 1000} -j {Chain(Refusal.Rate)}");
        yield return $"{Guard} -m connlimit --connlimit-above {limit.Concurrent} --connlimit-mask {bits} --connlimit-saddr -j {Chain(Refusal.Concurrent)}";
    }

    private static string Source(AddressRange range) =>
        range.ToString() is var text && text.Contains('-') ? $"-m iprange --src-range {text}" : $"-s {text}";

    private static string Chain(Refusal refusal) => $"REPLEXON-{refusal.ToString().ToUpperInvariant()}";
}
