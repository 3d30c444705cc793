using System.Globalization;
using System.Net;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Plex;

namespace RePlexOn.Tests.Audit;

public sealed class MachineRuleTests
{
    private static readonly FirewallView Open = new();
    private static readonly FirewallView Guarded = new() { GuardOfIPv4 = "the chain input", GuardOfIPv6 = "the chain input" };
    private static readonly FirewallView Hidden = new() { WhyNot = "nft is not installed.", Advice = "Install it." };
    private static readonly Fail2banView NoFail2ban = new(IsInstalled: false, IsRunning: false, []);

    [Fact]
    public void Should_say_what_the_firewall_does_and_what_is_not_known()
    {
        Assert.Equal(CheckStatus.Fail, Look("RPX-HST-004", new MachineFacts { Firewall = Open }));
        Assert.Equal(CheckStatus.Pass, Look("RPX-HST-004", new MachineFacts { Firewall = Guarded }));
        Assert.Equal(CheckStatus.Unknown, Look("RPX-HST-004", new MachineFacts { Firewall = Hidden }));
        Assert.Equal(CheckStatus.Unknown, Look("RPX-HST-004", new MachineFacts { Firewall = Open with { HasLegacyRules = true } }));
    }

    [Fact]
    public void Should_want_IPv6_guarded_where_there_is_some()
    {
        FirewallView half = new() { GuardOfIPv4 = "the chain input" };

        Assert.Equal(CheckStatus.NotApplicable, Look("RPX-HST-005", new MachineFacts { Firewall = half }));
        Assert.Equal(CheckStatus.Fail, Look("RPX-HST-005", new MachineFacts { Firewall = half, HasGlobalIPv6 = true }));
        Assert.Equal(CheckStatus.Pass, Look("RPX-HST-005", new MachineFacts { Firewall = Guarded, HasGlobalIPv6 = true }));
    }

    [Fact]
    public void Should_warn_of_a_port_that_goes_past_the_firewall()
    {
        Assert.Equal(CheckStatus.Warning, Look("RPX-HST-006", new MachineFacts { Firewall = Guarded with { PublishedPast = "the chain DOCKER" } }));
        Assert.Equal(CheckStatus.Pass, Look("RPX-HST-006", new MachineFacts { Firewall = Guarded }));
    }

    [Fact]
    public void Should_look_for_what_keeps_guessers_away_where_there_is_remote_access()
    {
        var jail = new Fail2banJail("plex", "/log", 1);
        MachineFacts bare = new() { Firewall = Open, Fail2ban = NoFail2ban };
        MachineFacts armed = new() { Firewall = Open with { LimitOfPlex = "the chain guard" }, Fail2ban = new(true, true, [jail]) };

        Assert.Equal((CheckStatus.Warning, CheckStatus.Warning), (Look("RPX-HST-007", bare), Look("RPX-HST-008", bare)));
        Assert.Equal((CheckStatus.Pass, CheckStatus.Pass), (Look("RPX-HST-007", armed), Look("RPX-HST-008", armed)));
        Assert.Equal((CheckStatus.NotApplicable, CheckStatus.NotApplicable), (Look("RPX-HST-007", bare, remote: "0"), Look("RPX-HST-008", bare, remote: "0")));
    }

    [Fact]
    public void Should_see_a_jail_that_is_blind_or_asleep()
    {
        MachineFacts blind = new() { Fail2ban = new(true, true, [new("plex", "/no such log", 0)]) };
        MachineFacts asleep = new() { Fail2ban = new(true, false, [new("plex", "/log", 1)]) };

        Assert.Equal((CheckStatus.Fail, CheckStatus.Pass), (Look("RPX-HST-009", blind), Look("RPX-HST-010", blind)));
        Assert.Equal((CheckStatus.Pass, CheckStatus.Fail), (Look("RPX-HST-009", asleep), Look("RPX-HST-010", asleep)));
        Assert.Equal(CheckStatus.NotApplicable, Look("RPX-HST-009", new MachineFacts { Fail2ban = NoFail2ban }));
        Assert.Equal(CheckStatus.Unknown, Look("RPX-HST-008", new MachineFacts { Firewall = Open }));
    }

    [Fact]
    public void Should_see_ports_that_other_machines_can_get_at()
    {
        MachineFacts helper = new() { Sockets = [new("tcp", IPAddress.Any, 32401, 999)] };
        MachineFacts inside = new() { Sockets = [new("tcp", IPAddress.Loopback, 32401, 999), new("tcp", IPAddress.Any, 32400, 999), new("udp", IPAddress.Any, 32401, 999)] };
        MachineFacts dlna = new() { Sockets = [new("udp", IPAddress.IPv6Any, 1900, 999)] };

        Assert.Equal((CheckStatus.Warning, CheckStatus.Pass), (Look("RPX-HST-002", helper), Look("RPX-HST-002", inside)));
        Assert.Equal((CheckStatus.Pass, CheckStatus.Warning), (Look("RPX-HST-003", helper), Look("RPX-HST-003", dlna)));
    }

    [Fact]
    public void Should_warn_of_a_bridge_that_is_let_in()
    {
        MachineFacts docker = new() { BridgeAddresses = [IPAddress.Parse("172.17.0.1")] };

        Assert.Equal(CheckStatus.Fail, Look("RPX-NET-004", docker, allowed: "192.168.1.9,172.17.0.0/16"));
        Assert.Equal(CheckStatus.Pass, Look("RPX-NET-004", docker, allowed: "192.168.1.0/24"));
        Assert.Equal(CheckStatus.Pass, Look("RPX-NET-004", docker));
    }

    [Fact]
    public async Task Should_see_whose_the_running_server_is()
    {
        using var scene = new AuditScene();
        using var plex = new TemporaryPlex();
        int id = plex.StartServer().Id;
        await File.WriteAllTextAsync(scene.At("plexmediaserver.pid"), id.ToString(CultureInfo.InvariantCulture));
        for (int attempt = 0; attempt < 500 && !(await File.ReadAllTextAsync($"/proc/{id}/comm")).StartsWith("Plex", StringComparison.Ordinal); attempt++) await Task.Delay(10);

        Check check = Assert.Single((await scene.AuditAsync(scene.Options with { Ids = ["RPX-HST-001"] })).Checks);

        Assert.Equal(Environment.IsPrivilegedProcess ? CheckStatus.Fail : CheckStatus.Pass, check.Status);
    }

    private static CheckStatus Look(string id, MachineFacts machine, string remote = "1", string allowed = "")
    {
        var settings = new Dictionary<string, string> { ["PublishServerOnPlexOnlineKey"] = remote, ["allowedNetworks"] = allowed };
        var facts = new AuditFacts
        {
            Configuration = new() { StateDirectory = "/none" }, Now = DateTimeOffset.UnixEpoch, Folder = "/none", Machine = machine, Settings = new PlexSettings(settings),
        };
        return AuditRules.All.Single(rule => rule.Id == id).Apply(facts).Status;
    }
}
