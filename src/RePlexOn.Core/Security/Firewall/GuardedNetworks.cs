using System.Globalization;
using RePlexOn.Configuration;

namespace RePlexOn.Security.Firewall;

/// <summary>The settings of the firewall, understood.</summary>
internal sealed class GuardedNetworks
{
    // multiport of iptables takes no more.
    private const int MostPorts = 15;

    /// <exception cref="RePlexOnException"><c>FirewallSettingInvalid</c>: one of the settings makes no sense.</exception>
    public GuardedNetworks(RePlexOnConfiguration configuration, MachineAddresses machine)
    {
        FirewallSettings settings = configuration.Firewall;
        Ports = [.. settings.Ports.Select(Port).Distinct().Order()];
        if (Ports.Count is 0 or > MostPorts) throw Invalid($"firewall.ports names {Ports.Count} ports.", $"Name 1 to {MostPorts}.");
        Lan = [.. MachineAddresses.Private, .. machine.OnLink, .. settings.LanNetworks.Select(text => Network("firewall.lanNetworks", text))];
        Proxies = [.. configuration.Access.TrustedProxies.Select(text => Network("access.trustedProxies", text))];
    }

    /// <summary>The ports to guard.</summary>
    public IReadOnlyList<int> Ports { get; }

    /// <summary>What counts as the LAN.</summary>
    public IReadOnlyList<AddressRange> Lan { get; }

    /// <summary>Proxies that many clients come through.</summary>
    public IReadOnlyList<AddressRange> Proxies { get; }

    /// <summary>All that no limit and no country rule holds for.</summary>
    public AddressSet Exempt => new([.. Lan, .. Proxies]);

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65_535
            ? port
            : throw Invalid($"firewall.ports holds '{text}', which is no port.", "Give numbers from 1 to 65535, such as \"32400\".");

    private static AddressRange Network(string key, string text) => AddressRange.Parse(text.Trim())
        ?? throw Invalid($"{key} holds '{text}', which is no address and no network.", "Write it as 192.0.2.7 or 192.0.2.0/24, or as 2001:db8::/48.");

    private static RePlexOnException Invalid(string message, string advice) => new("FirewallSettingInvalid", ExitCode.Usage, message, advice);
}
