using System.Net;

namespace RePlexOn.Security.AccessLog;

/// <summary>An address as it came up in a log.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="IsLocal">Whether it is loopback, private or link-local.</param>
/// <param name="IsProxy">Whether it is a trusted proxy.</param>
/// <param name="IsIgnored">Whether the user has asked to leave it alone.</param>
internal sealed record KnownAddress(string Text, bool IsLocal, bool IsProxy, bool IsIgnored)
{
    // What carriers share is among them for Tailscale's sake; and an address that is not known is nobody's.
    private static readonly IPNetwork[] LocalNetworks = [.. ReservedNetworks.NotOfTheInternet, .. ReservedNetworks.Unspecified];

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
    public static bool IsLocalAddress(IPAddress address) => LocalNetworks.Cover(address);
}
