namespace RePlexOn.Security.Firewall;

/// <summary>What puts the rules into the kernel.</summary>
public enum FirewallToolKind
{
    /// <summary>nftables, by <c>nft</c>.</summary>
    Nft,

    /// <summary>iptables and ip6tables, where <c>nft</c> is not installed.</summary>
    Iptables,
}
