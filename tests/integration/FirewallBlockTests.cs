using System.Net.Sockets;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Security.Firewall;

namespace RePlexOn.IntegrationTests;

/// <summary>Blocked addresses seen for real, and those that must not be blocked.</summary>
public sealed class FirewallBlockTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1.5);

    [Theory]
    [InlineData(FirewallToolKind.Nft, FirewallLab.Attacker, FirewallLab.Other)]
    [InlineData(FirewallToolKind.Nft, FirewallLab.AttackerV6, FirewallLab.OtherV6)]
    [InlineData(FirewallToolKind.Iptables, FirewallLab.Attacker, FirewallLab.Other)]
    [InlineData(FirewallToolKind.Iptables, FirewallLab.AttackerV6, FirewallLab.OtherV6)]
    public async Task Should_cut_an_address_off_for_its_time_and_let_it_in_again(FirewallToolKind tool, string attacker, string other)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        Socket open = await lab.OpenAsync(attacker), another = await lab.OpenAsync(other);

        await lab.MustAsync("block", attacker, "--reason", "tries names");
        Assert.False(await FirewallLab.IsAliveAsync(open, Moment));
        Assert.True(await FirewallLab.IsAliveAsync(another));
        Assert.Equal(0, await lab.KnockAsync(attacker, 3, expected: 0));
        Assert.Equal(3, await lab.KnockAsync(other, 3, expected: 3));
        Assert.Contains("tries names", (await lab.MustAsync("show")).Output, StringComparison.Ordinal);

        await lab.MustAsync("unblock", attacker);
        Assert.Equal(3, await lab.KnockAsync(attacker, 3, expected: 3));

        await lab.MustAsync("block", attacker, "--for", "3s");
        // The kernel lets it in when the time is over: nothing of ours runs by then.
        Assert.Equal(1, await lab.KnockAsync(attacker, 1, expected: 1));
        Assert.Empty((await lab.MustAsync("show", "--json")).Json.GetProperty("blocked").EnumerateArray());
    }

    [Fact]
    public async Task Should_block_the_whole_household_of_an_IPv6_address()
    {
        using var lab = new FirewallLab();
        lab.Listen();
        await lab.MustAsync("block", FirewallLab.AttackerV6);

        Assert.Equal(0, await lab.KnockAsync(FirewallLab.SameHouseholdV6, 3, expected: 0));
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.OtherV6, 3, expected: 3));
    }

    [Fact]
    public async Task Should_not_begin_to_count_anew_when_an_address_is_blocked()
    {
        using var lab = new FirewallLab();
        lab.Listen();
        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "4");
        Assert.Equal(4, await lab.KnockAsync(FirewallLab.Attacker, 4, expected: 4));

        await lab.MustAsync("block", FirewallLab.Other);

        Assert.Equal(0, await lab.KnockAsync(FirewallLab.Attacker, 4, expected: 0));
    }

    [Theory]
    [InlineData(FirewallLab.ServerV4, "this machine itself")]
    [InlineData(FirewallLab.ServerV6, "the network that this machine is in")]
    [InlineData("127.0.0.1", "this machine itself")]
    [InlineData(FirewallLab.Gateway, "gateway")]
    [InlineData(FirewallLab.Television, "in the LAN")]
    [InlineData(FirewallLab.TelevisionV6, "the network that this machine is in")]
    [InlineData("2001:db8:1::abcd", "the network that this machine is in")]
    [InlineData(FirewallLab.Other, "trusted proxy")]
    [InlineData(FirewallLab.Attacker, "signed in from by ssh")]
    public async Task Should_not_lock_anybody_out_unless_forced(string address, string what)
    {
        using var lab = new FirewallLab();
        string configuration = lab.Configure(new { access = new { trustedProxies = new[] { FirewallLab.Other } } });
        (string, string)[] session = [("SSH_CONNECTION", $"{FirewallLab.Attacker} 50000 {FirewallLab.ServerV4} 22")];

        CommandResult refused = await lab.RunAsync(session, "block", address, "--config", configuration, "--json");

        Assert.Equal((int)ExitCode.Usage, refused.ExitCode);
        Assert.Equal("AddressProtected", refused.Json.GetProperty("errorId").GetString());
        Assert.Contains(what, refused.Errors, StringComparison.Ordinal);
        Assert.Empty(lab.Ruleset);
        CommandResult forced = await lab.RunAsync(session, "block", address, "--force", "--config", configuration, "--json");
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Single(forced.Json.GetProperty("status").GetProperty("blocked").EnumerateArray());
        Assert.Contains(what, forced.Json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_know_the_ssh_client_though_sudo_hides_it()
    {
        using var lab = new FirewallLab();

        CommandResult result = await RunningCommand.StartProgram(
            [("SSH_CONNECTION", "192.0.2.44 50000 192.0.2.1 22")], "sh", "-c", "env -u SSH_CONNECTION ip netns exec \"$1\" \"$2\" firewall block 192.0.2.44; exit $?",
            "sh", lab.Server, RunningCommand.Program).EndAsync();

        Assert.Contains("signed in from by ssh", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AddressInvalid", "203.0.113.0/24")]
    [InlineData("AddressInvalid", "999.999.999.999")]
    [InlineData("AddressInvalid", "010.0.0.1")]
    [InlineData("AddressInvalid", "plex.example")]
    [InlineData("BlockDurationInvalid", "203.0.113.7", "--for", "0.1s")]
    public async Task Should_refuse_what_is_no_address_and_no_time(string errorId, params string[] arguments)
    {
        using var lab = new FirewallLab();

        CommandResult result = await lab.RunAsync(["block", .. arguments, "--json"]);

        Assert.Equal(errorId, result.Json.GetProperty("errorId").GetString());
        Assert.Empty(lab.Ruleset);
    }
}
