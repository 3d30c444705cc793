using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace RePlexOn.Security.Audit;

/// <summary>An entry of <c>allowedNetworks</c>: addresses that need not sign in.</summary>
/// <param name="Text">The entry, as it is written.</param>
/// <param name="Network">The addresses; null where the entry cannot be understood.</param>
internal sealed record AllowedNetwork(string Text, IPNetwork? Network)
{
    /// <summary>How many addresses it has.</summary>
    public BigInteger Addresses => Network is { } network ? BigInteger.One << (NetworkOf.Bits(network.BaseAddress) - network.PrefixLength) : BigInteger.Zero;

    /// <summary>Whether an address of the internet is in it.</summary>
    public bool ReachesTheInternet => Network is { } network
        && !ReservedNetworks.NotOfTheInternet.Any(local => local.PrefixLength <= network.PrefixLength && local.Contains(network.BaseAddress));

    /// <summary>Whether it is this machine alone.</summary>
    public bool IsLoopback => Network is { } network && IPAddress.IsLoopback(network.BaseAddress) && !ReachesTheInternet;

    /// <summary>Whether an address is in it.</summary>
    public bool Contains(IPAddress address) => Network is { } network && network.Contains(address);

    /// <summary>Reads the setting: <c>IP</c>, <c>IP/bits</c> or <c>IP/netmask</c>, with commas between.</summary>
    public static IReadOnlyList<AllowedNetwork> Parse(string setting) =>
    [
        .. setting.Split(',').Where(entry => entry.Trim().Length > 0).Select(entry => new AllowedNetwork(entry, Read(entry.Trim()))),
    ];

    private static IPNetwork? Read(string entry)
    {
        string[] parts = entry.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address) || !LooksWhole(parts[0])) return null;

        int bits = NetworkOf.Bits(address);
        int? prefix = parts.Length == 1 ? bits : PrefixOf(parts[1], address.AddressFamily);
        return prefix is { } length && length <= bits ? NetworkOf.Address(address, length) : null;
    }

    // .NET takes "10" for 0.0.0.10, as the C library does; nobody means that here.
    private static bool LooksWhole(string address) => address.Contains(':') || address.Count(one => one == '.') == 3;

    private static int? PrefixOf(string text, AddressFamily family)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bits)) return bits;
        if (family != AddressFamily.InterNetwork || !IPAddress.TryParse(text, out IPAddress? mask) || mask.AddressFamily != family) return null;

        uint value = BitConverter.ToUInt32([.. mask.GetAddressBytes().Reverse()]);
        int ones = BitOperations.PopCount(value);
        return ones is 0 or 32 || value << ones == 0 ? ones : null; // the ones must all stand at the front
    }
}
