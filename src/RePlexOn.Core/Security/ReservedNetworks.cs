using System.Net;

namespace RePlexOn.Security;

/// <summary>
/// Networks that are not the internet: those of IANA's special-purpose address registries (RFC 6890) that a client of a
/// server may come from.
/// </summary>
internal static class ReservedNetworks
{
    // This machine alone: RFC 1122, 3.2.1.3; RFC 4291, 2.5.3.
    private static readonly IPNetwork[] Loopback = Read("127.0.0.0/8", "::1/128");

    // What a home or a company gives out by itself: RFC 1918; RFC 4193.
    private static readonly IPNetwork[] Private = Read("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    // One link, with no router between: RFC 3927; RFC 4291, 2.5.6.
    private static readonly IPNetwork[] LinkLocal = Read("169.254.0.0/16", "fe80::/10");

    // Between a carrier and its customers: RFC 6598. Tailscale gives out addresses of it too.
    private static readonly IPNetwork[] Shared = Read("100.64.0.0/10");

    /// <summary>Those of this machine, its home and its links: all in them are the owner's to let in.</summary>
    public static IReadOnlyList<IPNetwork> Near { get; } = [.. Loopback, .. Private, .. LinkLocal];

    /// <summary>Those that the internet does not route: <see cref="Near"/>, and what carriers share among strangers.</summary>
    public static IReadOnlyList<IPNetwork> NotOfTheInternet { get; } = [.. Near, .. Shared];

    /// <summary>What stands for an address that is not known: RFC 1122, 3.2.1.3; RFC 4291, 2.5.2.</summary>
    public static IReadOnlyList<IPNetwork> Unspecified { get; } = Read("0.0.0.0/32", "::/128");

    /// <summary>Whether the address is in one of the networks; an IPv4 address written as an IPv6 one counts as IPv4.</summary>
    public static bool Cover(this IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }

    private static IPNetwork[] Read(params string[] texts) => [.. texts.Select(IPNetwork.Parse)];
}
