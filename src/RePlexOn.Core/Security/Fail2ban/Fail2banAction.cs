namespace RePlexOn.Security.Fail2ban;

/// <summary>By what fail2ban shuts an address out.</summary>
public enum Fail2banAction
{
    /// <summary>By nftables where it is installed, else by iptables.</summary>
    Auto,

    /// <summary>By a table of nftables of its own.</summary>
    Nftables,

    /// <summary>By a chain of iptables and ip6tables of its own.</summary>
    Iptables,
}
