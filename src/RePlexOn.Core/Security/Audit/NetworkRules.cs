using System.Globalization;
using System.Net;
using System.Numerics;
using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>From where the server can be reached.</summary>
internal static class NetworkRules
{
    private const string Category = "Network";
    private const string Allowed = "allowedNetworks";

    // A home network; more is an address plan, and nobody knows who is in it.
    private const int WidestNetwork = 256;

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-NET-001", Category, "No address of the internet is let in without a sign-in", CheckSeverity.Critical,
            "Take these entries out of allowedNetworks: who comes from there is the server's administrator.", At(FromTheInternet))
        {
            Reference = Guides.LocalAuthentication,
            Fix = facts => Without(facts, entry => entry.ReachesTheInternet),
        },
        new("RPX-NET-002", Category, "Networks that are let in without a sign-in are narrow", CheckSeverity.High,
            "Leave allowedNetworks empty; where a program cannot sign in, name its one address. Who comes from there is the server's administrator.",
            At(Wide))
        {
            Reference = Guides.LocalAuthentication,
            Fix = facts => Without(facts, IsWide),
        },
        new("RPX-NET-003", Category, "Every entry of allowedNetworks can be understood", CheckSeverity.Low,
            "Write each as an address, or address/netmask, with commas and no spaces between.", At(Understood))
        {
            Reference = Guides.LocalAuthentication,
        },
        new("RPX-NET-004", Category, "No bridge to containers is let in without a sign-in", CheckSeverity.Critical,
            "Take the container network out of allowedNetworks: through Docker's bridge or a proxy in a container, clients of the internet come from there.",
            Bridge)
        {
            Fix = facts => Without(facts, entry => facts.Machine?.BridgeAddresses.Any(entry.Contains) == true),
        },
        new("RPX-NET-005", Category, "The internet cannot come in without a sign-in", CheckSeverity.Critical,
            "Set disableRemoteSecurity to 0.",
            SettingLook.Switch("disableRemoteSecurity", good: false, CheckStatus.Fail, "Clients of the internet need not sign in."))
        {
            Reference = Guides.HiddenSettings,
            Fix = SettingLook.Set("disableRemoteSecurity", "0"),
        },
        new("RPX-NET-006", Category, "Remote access is off, where it is not needed", CheckSeverity.Medium,
            "Turn it off where nobody watches from outside, or use a VPN; else see that updates, the firewall's limit and fail2ban are in place.",
            SettingLook.Switch("PublishServerOnPlexOnlineKey", good: false, CheckStatus.Warning, "Clients of the internet are let in."))
        {
            Reference = Guides.RemoteAccess,
        },
        new("RPX-NET-007", Category, "The router opens no port by itself", CheckSeverity.Low,
            "Forward a port in the router by hand, set it in Plex as the public port, and turn UPnP off in the router: any program can use that.",
            SettingLook.WhereRemote(settings => SettingLook.Look(
                settings, "ManualPortMappingMode", good: true, CheckStatus.Warning, "Plex asks the router to open a port (UPnP, NAT-PMP).")))
        {
            Reference = Guides.RemoteAccess,
        },
        new("RPX-NET-008", Category, "The public port is not the one that scanners try first", CheckSeverity.Info,
            "Choose another public port; it keeps away noise, not attackers.",
            SettingLook.WhereRemote(settings => (settings.IsOn("ManualPortMappingMode"), settings.Number("ManualPortMappingPort")) switch
            {
                (true, PlexPorts.Main) => AuditFinding.Warning(settings.Says("ManualPortMappingPort")),
                (true, { }) => AuditFinding.Pass(settings.Says("ManualPortMappingPort")),
                (true, null) => AuditFinding.Unknown(settings.Says("ManualPortMappingPort")),
                _ => AuditFinding.NotApplicable("No public port is set by hand."),
            }))
        {
            Reference = Guides.RemoteAccess,
        },
        new("RPX-NET-009", Category, "Nobody comes in through Plex's relay", CheckSeverity.Low,
            "Turn the relay off: what comes through it passes by firewall and fail2ban, and shows the relay's address.", Relay)
        {
            Reference = Guides.Relay,
            Fix = SettingLook.Set("RelayEnabled", "0"),
        },
        new("RPX-NET-010", Category, "DLNA is off", CheckSeverity.Medium,
            "Turn DLNA off where no television needs it: it knows no sign-in.",
            SettingLook.Switch("DlnaEnabled", good: false, CheckStatus.Fail, "Whoever is in the network sees all libraries, and need not sign in."))
        {
            Reference = Guides.Network,
            Fix = SettingLook.Set("DlnaEnabled", "0"),
        },
        new("RPX-NET-011", Category, "The server does not announce itself in the network", CheckSeverity.Info,
            "Turn GDM off where the apps find the server through plex.tv.",
            SettingLook.Switch("GdmEnabled", good: false, CheckStatus.Warning, "It answers who looks for servers in the network."))
        {
            Reference = Guides.Network,
            Fix = SettingLook.Set("GdmEnabled", "0"),
        },
        new("RPX-NET-012", Category, "Clients are sent to no unencrypted address", CheckSeverity.Medium,
            "Write the entries of customConnections with https://, to a name that has a certificate.", SettingLook.At(CustomConnections))
        {
            Reference = Guides.Network,
        },
        new("RPX-NET-013", Category, "No foreign web page may talk to the server", CheckSeverity.Medium,
            "Name the origins that are needed in allowedHttpOrigins, or leave it empty.",
            SettingLook.At(settings => settings.Text("allowedHttpOrigins").Contains('*')
                ? AuditFinding.Fail("allowedHttpOrigins holds *: any web page that a user opens can talk to the server.")
                : AuditFinding.Pass(settings.Text("allowedHttpOrigins").Length == 0 ? settings.Says("allowedHttpOrigins") : "allowedHttpOrigins names origins one by one.")))
        {
            Reference = Guides.HiddenSettings,
        },
        new("RPX-NET-014", Category, "What is played is told to nobody by webhooks", CheckSeverity.Info,
            "Turn webhooks off where none are used; see at plex.tv, Account, Webhooks, where they lead.",
            SettingLook.Switch("WebHooksEnabled", good: false, CheckStatus.Warning, "What is played is sent to the account's webhooks, where it has some."))
        {
            Reference = Guides.Network,
            Fix = SettingLook.Set("WebHooksEnabled", "0"),
        },
        new("RPX-NET-015", Category, "One user cannot take all streams", CheckSeverity.Info,
            "Set how many streams a user may have from outside: a stolen account shows itself by many.",
            SettingLook.WhereRemote(settings => settings.Number("WanPerUserStreamCount") switch
            {
                null => AuditFinding.Unknown(settings.Says("WanPerUserStreamCount")),
                0 => AuditFinding.Warning($"{settings.Says("WanPerUserStreamCount")} There is no limit."),
                _ => AuditFinding.Pass(settings.Says("WanPerUserStreamCount")),
            }))
        {
            Reference = Guides.Network,
        },
    ];

    private static Func<AuditFacts, AuditFinding> At(Func<IReadOnlyList<AllowedNetwork>, AuditFinding> look) => SettingLook.At(settings =>
        AllowedNetwork.Parse(settings.Text(Allowed)) is { Count: > 0 } networks ? look(networks) : AuditFinding.Pass(settings.Says(Allowed)));

    private static AuditFinding FromTheInternet(IReadOnlyList<AllowedNetwork> networks) =>
        Named(networks.Where(one => one.ReachesTheInternet)) is { Length: > 0 } found
            ? AuditFinding.Fail($"{Allowed} holds {found}.")
            : AuditFinding.Pass($"{Allowed} holds private addresses alone.");

    private static AuditFinding Wide(IReadOnlyList<AllowedNetwork> networks)
    {
        if (Named(networks.Where(IsWide)) is { Length: > 0 } wide) return AuditFinding.Fail($"{Allowed} holds {wide}.");

        string some = Named(networks.Where(one => one.Network is not null && !one.IsLoopback && one.Addresses > 1));
        if (some.Length > 0) return AuditFinding.Warning($"{Allowed} holds {some}.");

        string single = Named(networks);
        return AuditFinding.Pass(single.Length > 0 ? $"{Allowed} holds {single} alone." : $"{Allowed} holds nothing that is an address.");
    }

    private static bool IsWide(AllowedNetwork network) => !network.IsLoopback && network.Addresses > WidestNetwork;

    private static AuditFinding Understood(IReadOnlyList<AllowedNetwork> networks)
    {
        int odd = networks.Count(one => one.Network is null);
        if (odd > 0) return AuditFinding.Warning(string.Create(CultureInfo.InvariantCulture, $"{odd} of its {networks.Count} entries are no addresses."));

        return networks.Any(one => one.Text.Any(char.IsWhiteSpace))
            ? AuditFinding.Warning("There are spaces between its entries, which Plex does not allow.")
            : AuditFinding.Pass($"All {networks.Count} are addresses or networks.");
    }

    private static AuditFinding Bridge(AuditFacts facts)
    {
        if (facts.Settings is not { } settings) return facts.NoSettings;

        IReadOnlyList<AllowedNetwork> networks = AllowedNetwork.Parse(settings.Text(Allowed));
        if (networks.Count == 0) return AuditFinding.Pass(settings.Says(Allowed));
        if (facts.Machine is not { } machine) return AuditFinding.NotApplicable("The machine of this file is not this one.");

        IPAddress? bridge = machine.BridgeAddresses.FirstOrDefault(address => networks.Any(network => network.Contains(address)));
        return bridge is null
            ? AuditFinding.Pass("No address of a container bridge of this machine is in it.")
            : AuditFinding.Fail($"{bridge}, this machine's side of a container bridge, is in {Named(networks.Where(one => one.Contains(bridge)))}.");
    }

    private static AuditFinding Relay(AuditFacts facts)
    {
        if (facts.Settings is not { } settings) return facts.NoSettings;

        return facts.Preferences?.IsClaimed == false
            ? AuditFinding.NotApplicable("The server belongs to no account, and so has no relay.")
            : SettingLook.Look(settings, "RelayEnabled", good: false, CheckStatus.Warning, "Clients may come through it.");
    }

    private static AuditFinding CustomConnections(PlexSettings settings)
    {
        string[] addresses = settings.Text("customConnections").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] clear = [.. addresses.Where(one => one.StartsWith("http:", StringComparison.OrdinalIgnoreCase)).Select(UriHost.Of)];
        if (clear.Length > 0) return AuditFinding.Fail($"customConnections holds {string.Join(", ", clear)}.");

        return AuditFinding.Pass(addresses.Length == 0 ? settings.Says("customConnections") : $"customConnections holds {string.Join(", ", addresses.Select(UriHost.Of))}.");
    }

    // Where an entry is no address, nobody knows what it is; then the whole, which a change would show, is a person's affair.
    private static IEnumerable<Remedy> Without(AuditFacts facts, Func<AllowedNetwork, bool> isBad)
    {
        IReadOnlyList<AllowedNetwork> networks = AllowedNetwork.Parse(facts.Settings?.Text(Allowed) ?? "");
        return networks.All(entry => entry.Network is not null)
            ? [Remedy.Setting(Allowed, string.Join(',', networks.Where(entry => !isBad(entry)).Select(entry => entry.Text)))]
            : [];
    }

    // An entry that is no address may be anything that somebody pasted there.
    private static string Named(IEnumerable<AllowedNetwork> networks) => string.Join(", ", networks
        .Where(one => one.Network is not null)
        .Select(one => one.Addresses == BigInteger.One
            ? one.Text.Trim()
            : string.Create(CultureInfo.InvariantCulture, $"{one.Text.Trim()} ({Count(one.Addresses)} addresses)")));

    private static string Count(BigInteger addresses) =>
        addresses > uint.MaxValue ? $"2^{addresses.GetBitLength() - 1}" : addresses.ToString("N0", CultureInfo.InvariantCulture);
}
