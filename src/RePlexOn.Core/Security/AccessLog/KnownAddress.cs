using System.Net;

namespace RePlexOn.Security.AccessLog;

/// <summary>An address as it came up in a log.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="IsLocal">Whether it is loopback, private or link-local.</param>
/// <param name="IsProxy">Whether it is a trusted proxy.</param>
/// <param name="IsIgnored">Whether the user has asked to leave it alone.</param>
internal sealed record KnownAddress(string Text, bool IsLocal, bool IsProxy, bool IsIgnored)
{
    // RFC 1918, RFC 6598 (carriers' NAT, Tailscale), RFC 3927, RFC 4193, RFC 4291.
    private static readonly IPNetwork[] LocalNetworks =
    [
        .. new[] { "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "0.0.0.0/32", "::1/128", "::/128", "fc00::/7", "fe80::/10" }
            .Select(IPNetwork.Parse),
    ];

    /// <summary>The networks that are never the internet, as CIDR.</summary>
    public static IReadOnlyList<string> LocalRanges { get; } = [.. LocalNetworks.Select(one => one.ToString())];

    /// <summary>Reads an address; an IPv4 address in IPv6 clothes is the IPv4 one. Null for what is none, such as 999.1.1.1.</summary>
    public static IPAddress? Parse(ReadOnlySpan<char> text)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address)) return null;
        // .NET also takes 1, 0x7f.1 and 010.0.0.1, which no server writes.
        if (!text.Contains(':') && !text.SequenceEqual(address.ToString())) return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Whether it is loopback, private or link-local.</summary>
    public static bool IsLocalAddress(IPAddress address) => Array.Exists(LocalNetworks, network => network.Contains(address));
}
