namespace RePlexOn.Security.Firewall;

/// <summary>Addresses whose block would lock out more than an attacker.</summary>
/// <param name="networks">The LAN and the proxies.</param>
/// <param name="machine">This machine and its gateways.</param>
/// <param name="sshClient">From where this session is signed in.</param>
internal sealed class ProtectedAddresses(GuardedNetworks networks, MachineAddresses machine, AddressRange? sshClient)
{
    /// <summary>What an address is that must not be blocked; null for any other.</summary>
    public string? WhatIs(AddressRange range)
    {
        if (Holds(machine.Own)) return range.First == range.Last ? "this machine itself" : "the network that this machine is in";
        if (Holds(machine.Gateways)) return "this machine's gateway";
        if (Holds(networks.Proxies)) return "a trusted proxy (access.trustedProxies)";
        if (sshClient is { } client && range.Overlaps(client)) return "the address that you are signed in from by ssh";
        return Holds(networks.Lan) ? "in the LAN" : null;

        bool Holds(IReadOnlyList<AddressRange> ranges) => ranges.Any(range.Overlaps);
    }
}
