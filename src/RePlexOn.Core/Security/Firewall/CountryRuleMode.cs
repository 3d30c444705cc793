namespace RePlexOn.Security.Firewall;

/// <summary>What a country rule does with the countries it names.</summary>
public enum CountryRuleMode
{
    /// <summary>Only they may connect, and the LAN.</summary>
    Allow,

    /// <summary>They may not connect.</summary>
    Block,
}
