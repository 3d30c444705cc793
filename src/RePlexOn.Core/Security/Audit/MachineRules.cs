using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What stands around the server: user, ports, firewall, fail2ban.</summary>
internal static class MachineRules
{
    private const string Category = "Machine";

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-HST-001", Category, "The server does not run as root", CheckSeverity.High,
            "Run Plex as a user of its own: the packages make one, containers take PUID or PLEX_UID.", At(User)),
        new("RPX-HST-002", Category, "Ports of the server's own helpers are closed to others", CheckSeverity.Medium,
            "Close these ports in the firewall; nothing outside this machine needs them.",
            At((_, machine) => Open(machine, PlexPorts.Internal) is { Length: > 0 } open
                ? AuditFinding.Warning($"Something listens on {open}.")
                : AuditFinding.Pass("Nothing listens on 32401 or 32600 for other machines.")))
        {
            Reference = Guides.Firewall,
        },
        new("RPX-HST-003", Category, "Nothing offers media to the network without a sign-in", CheckSeverity.Medium,
            "Turn DLNA off in Plex; if something else listens there, see what it is: ss -lnp.",
            At((_, machine) => Open(machine, PlexPorts.Dlna) is { Length: > 0 } open
                ? AuditFinding.Warning($"Something listens on {open}, as a DLNA server does.")
                : AuditFinding.Pass("Nothing listens on 32469/tcp or 1900/udp for other machines.")))
        {
            Reference = Guides.Firewall,
        },
        new("RPX-HST-004", Category, "A firewall turns away what nobody allowed", CheckSeverity.Medium,
            "Set one up (ufw, firewalld, nftables) that allows what is needed, and refuses the rest.",
            At((_, machine) => Guarded(machine.Firewall, machine.Firewall.GuardOfIPv4, "IPv4"))),
        new("RPX-HST-005", Category, "The firewall guards IPv6 no less", CheckSeverity.High,
            "Let the same rules hold for IPv6: a table of the family inet does for both.",
            At((_, machine) => machine.HasGlobalIPv6
                ? Guarded(machine.Firewall, machine.Firewall.GuardOfIPv6, "IPv6")
                : AuditFinding.NotApplicable("This machine has no IPv6 address of the internet."))),
        new("RPX-HST-006", Category, "The firewall's rules reach Plex", CheckSeverity.High,
            "What Docker publishes goes past the chain for what comes in: put rules for it into DOCKER-USER or prerouting, as Set-PlexFirewallRateLimit does.",
            At(Published)),
        new("RPX-HST-007", Category, "New connections to Plex are limited", CheckSeverity.Low,
            "Set-PlexFirewallRateLimit (replexon firewall) limits them, and cuts no stream.",
            Remote((_, machine) => machine.Firewall switch
            {
                { WhyNot: { } why } view => AuditFinding.Unknown(why, view.Advice),
                { LimitOfPlex: { } limit } => AuditFinding.Pass($"There is a limit in {limit}."),
                _ => AuditFinding.Warning("No rule of the firewall limits connections to port 32400."),
            })),
        new("RPX-HST-008", Category, "fail2ban watches Plex's log", CheckSeverity.Low,
            "Install-PlexFail2banJail (replexon fail2ban) sets it up for what Plex really writes.", Remote(Fail2ban((view, _) => view switch
            {
                { IsInstalled: false } => AuditFinding.Warning("fail2ban is not installed."),
                { Jails: [] } => AuditFinding.Warning("fail2ban has no jail for Plex that is on."),
                _ => AuditFinding.Pass($"Jails: {string.Join(", ", view.Jails.Select(jail => jail.Name))}."),
            }))),
        new("RPX-HST-009", Category, "The logs that fail2ban watches are there", CheckSeverity.Medium,
            "Correct the jail's logpath; each space in it must be written as ?.", Fail2ban((view, _) => view.Jails.FirstOrDefault(jail => jail.LogsFound == 0) switch
            {
                _ when view.Jails.Count == 0 => AuditFinding.NotApplicable("There is no jail for Plex."),
                null => AuditFinding.Pass("Each jail for Plex finds its logs."),
                var blind => AuditFinding.Fail($"The jail {blind.Name} finds no log at its logpath."),
            })),
        new("RPX-HST-010", Category, "fail2ban runs", CheckSeverity.Medium, "Start it: systemctl enable --now fail2ban.", Fail2ban((view, _) => view switch
        {
            { Jails: [] } => AuditFinding.NotApplicable("There is no jail for Plex."),
            { IsRunning: true } => AuditFinding.Pass("It runs."),
            _ => AuditFinding.Fail("It has a jail for Plex, and does not run."),
        })),
    ];

    private static Func<AuditFacts, AuditFinding> At(Func<AuditFacts, MachineFacts, AuditFinding> look) => facts =>
        facts.Folder is null || facts.Machine is not { } machine ? facts.NoFolder : look(facts, machine);

    private static Func<AuditFacts, AuditFinding> Remote(Func<AuditFacts, MachineFacts, AuditFinding> look) => At((facts, machine) =>
        facts.HasRemoteAccess == false ? AuditFinding.NotApplicable("Remote access is off.") : look(facts, machine));

    private static Func<AuditFacts, AuditFinding> Remote(Func<AuditFacts, AuditFinding> look) => Remote((facts, _) => look(facts));

    private static Func<AuditFacts, AuditFinding> Fail2ban(Func<Fail2banView, MachineFacts, AuditFinding> look) => At((_, machine) =>
        machine.Fail2ban is { } view ? look(view, machine) : AuditFinding.Unknown("This user may not read fail2ban's files.", "Run the audit as root."));

    private static AuditFinding User(AuditFacts facts, MachineFacts machine) => machine.ServerUser switch
    {
        0 => AuditFinding.Fail("It runs as root: who finds a hole in it has the whole machine."),
        { } user => AuditFinding.Pass($"It runs as {FileLook.NameOf(user)}."),
        null when facts.Server is null => AuditFinding.NotApplicable("It does not run, as far as this user can see."),
        null => AuditFinding.Unknown("It answers, and its process cannot be seen from here.", "Run the audit as root."),
    };

    private static string Open(MachineFacts machine, IReadOnlyList<(string Protocol, int Port)> ports) => string.Join(", ", machine.Sockets
        .Where(socket => socket.IsOpenToOthers && ports.Contains((socket.Protocol, socket.Port))).Select(socket => socket.ToString()).Distinct());

    private static AuditFinding Guarded(FirewallView view, string? guard, string family) => view switch
    {
        { WhyNot: { } why } => AuditFinding.Unknown(why, view.Advice),
        _ when guard is not null => AuditFinding.Pass($"{family}: {guard} turns away what no rule allows."),
        { HasLegacyRules: true } => AuditFinding.Unknown(
            $"The rules that nft shows turn away no {family} connections; there are others of iptables-legacy, which it does not show.", "See: iptables-legacy-save."),
        _ => AuditFinding.Fail($"No rule of this machine turns away {family} connections; a router before it may."),
    };

    private static AuditFinding Published(AuditFacts facts, MachineFacts machine) => machine.Firewall switch
    {
        { WhyNot: { } why } view => AuditFinding.Unknown(why, view.Advice),
        { PublishedPast: { } past, GuardOfIPv4: { } guard } => AuditFinding.Warning($"Port 32400 is handed on by {past}, past {guard}."),
        { PublishedPast: { } past } => AuditFinding.NotApplicable($"Port 32400 is handed on by {past}; there is no firewall that it could go past."),
        _ => AuditFinding.Pass("Port 32400 is not handed on to a container."),
    };
}
