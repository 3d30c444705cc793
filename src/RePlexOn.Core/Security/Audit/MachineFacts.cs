using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace RePlexOn.Security.Audit;

/// <summary>What the machine that the server runs on looks like.</summary>
internal sealed record MachineFacts
{
    private static readonly string[] BridgeNames = ["docker", "br-", "podman", "cni", "lxc"];

    /// <summary>The ports that something listens on.</summary>
    public IReadOnlyList<ListeningSocket> Sockets { get; init; } = [];

    /// <summary>The packet filter.</summary>
    public FirewallView Firewall { get; init; } = new() { WhyNot = "The firewall was not looked at." };

    /// <summary>fail2ban; null where its files may not be read.</summary>
    public Fail2banView? Fail2ban { get; init; }

    /// <summary>This machine's own addresses on the networks of containers: who comes from there may be anybody.</summary>
    public IReadOnlyList<IPAddress> BridgeAddresses { get; init; } = [];

    /// <summary>Whether it has an IPv6 address of the internet.</summary>
    public bool HasGlobalIPv6 { get; init; }

    /// <summary>The user that the server runs as; null where it does not run, or cannot be seen.</summary>
    public uint? ServerUser { get; init; }

    /// <summary>Looks at this machine.</summary>
    /// <param name="root">Where the file system begins.</param>
    /// <param name="serverProcess">The server's process; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<MachineFacts> ReadAsync(string root, int? serverProcess, CancellationToken cancellationToken) => new()
    {
        Sockets = ListeningSocket.Read(root),
        Firewall = await FirewallReader.ReadAsync(cancellationToken) with { HasLegacyRules = HasLegacyRules(root) },
        Fail2ban = ReadFail2ban(root),
        BridgeAddresses = [.. Addresses(name => BridgeNames.Any(bridge => name.StartsWith(bridge, StringComparison.Ordinal)))],
        HasGlobalIPv6 = Addresses(_ => true).Any(IsGlobalIPv6),
        ServerUser = serverProcess is { } id ? UserOf(id) : null,
    };

    // Only root can read it; who is not root sees no rules of nft either.
    private static bool HasLegacyRules(string root) => ((string[])["ip_tables_names", "ip6_tables_names"])
        .Any(file => Plex.PlexProcess.ReadText(Path.Join(root, "proc/net", file))?.Contains("filter", StringComparison.Ordinal) == true);

    private static Fail2banView? ReadFail2ban(string root)
    {
        try
        {
            return new Fail2banReader(root).Read();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<IPAddress> Addresses(Func<string, bool> isWanted)
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(one => isWanted(one.Name))
                .SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static bool IsGlobalIPv6(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address is { IsIPv6LinkLocal: false, IsIPv6UniqueLocal: false, IsIPv6Multicast: false }
        && !IPAddress.IsLoopback(address);

    private static uint? UserOf(int process) =>
        Plex.PlexProcess.StatusNumbers($"/proc/{process}", "Uid:") is [_, var effective, ..] && uint.TryParse(effective, out uint user) ? user : null;
}
