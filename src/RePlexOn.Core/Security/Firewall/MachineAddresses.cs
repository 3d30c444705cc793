using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace RePlexOn.Security.Firewall;

/// <summary>The addresses of this machine and of those beside it.</summary>
/// <param name="Own">Its own.</param>
/// <param name="Gateways">The routers that it knows.</param>
/// <param name="OnLink">The IPv6 networks that it is in: in a home, televisions have public addresses of them.</param>
internal sealed record MachineAddresses(
    IReadOnlyList<AddressRange> Own, IReadOnlyList<AddressRange> Gateways, IReadOnlyList<AddressRange> OnLink)
{
    /// <summary>
    /// Networks that count as the LAN everywhere. What a carrier shares among its customers does not: strangers are in it.
    /// Who uses Tailscale adds its network by <c>firewall.lanNetworks</c>.
    /// </summary>
    public static IReadOnlyList<AddressRange> Private { get; } =
        [.. ReservedNetworks.Near.Select(network => AddressRange.Network(network.BaseAddress, network.PrefixLength))];

    /// <summary>Reads them.</summary>
    public static MachineAddresses Read()
    {
        List<AddressRange> own = [], gateways = [], onLink = [];
        foreach (IPInterfaceProperties properties in NetworkInterface.GetAllNetworkInterfaces().Select(one => one.GetIPProperties()))
        {
            foreach (UnicastIPAddressInformation one in properties.UnicastAddresses)
            {
                IPAddress address = WithoutScope(one.Address);
                own.Add(AddressRange.Single(address));
                // 128 bits say nothing of the network: it may be a neighbour's in a data centre as well.
                if (address.AddressFamily == AddressFamily.InterNetworkV6 && one.PrefixLength < 128)
                    onLink.Add(AddressRange.Network(address, one.PrefixLength));
            }

            gateways.AddRange(properties.GatewayAddresses.Select(one => AddressRange.Single(WithoutScope(one.Address))));
        }

        return new(own, gateways, onLink);
    }

    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());
}
