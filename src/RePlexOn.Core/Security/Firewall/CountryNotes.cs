namespace RePlexOn.Security.Firewall;

/// <summary>What a person should know of a country rule before it locks somebody out, or fails to.</summary>
internal static class CountryNotes
{
    /// <summary>The notes of a rule.</summary>
    public static IReadOnlyList<string> Of(CountryRuleOptions options, AddressSet networks)
    {
        var notes = new List<string>();
        foreach (string given in options.Countries)
        {
            if (!CountryCode.Correct(given).Equals(given.Trim(), StringComparison.OrdinalIgnoreCase))
                notes.Add($"{given} is not the code of a country; {CountryCode.Correct(given)} is meant, and was taken.");
        }

        foreach ((bool isIPv6, string name) in (ReadOnlySpan<(bool, string)>)[(false, "IPv4"), (true, "IPv6")])
        {
            if (networks.Of(isIPv6).Any()) continue;
            notes.Add(options.Mode == CountryRuleMode.Allow
                ? $"The lists have no {name} network: nobody outside the LAN can connect by {name}."
                : $"The lists have no {name} network: by {name} everybody can connect.");
        }

        return notes;
    }
}
