using System.Net.Sockets;
using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Security.Firewall;

namespace RePlexOn.IntegrationTests;

/// <summary>Limits seen for real: packets between network namespaces, through nftables and through iptables.</summary>
public sealed class FirewallLimitTests
{
    public static TheoryData<FirewallToolKind, string, string, string> Everywhere => new()
    {
        { FirewallToolKind.Nft, FirewallLab.Attacker, FirewallLab.Other, FirewallLab.Television },
        { FirewallToolKind.Nft, FirewallLab.AttackerV6, FirewallLab.OtherV6, FirewallLab.TelevisionV6 },
        { FirewallToolKind.Iptables, FirewallLab.Attacker, FirewallLab.Other, FirewallLab.Television },
        { FirewallToolKind.Iptables, FirewallLab.AttackerV6, FirewallLab.OtherV6, FirewallLab.TelevisionV6 },
    };

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Should_hold_an_attacker_at_the_rate_and_leave_others_and_the_lan_free(
        FirewallToolKind tool, string attacker, string other, string television)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "8", "--concurrent", "1000");

        Assert.Equal(8, await lab.KnockAsync(attacker, 40, expected: 8));
        Assert.Equal(8, await lab.KnockAsync(other, 8, expected: 8));
        Assert.Equal(40, await lab.KnockAsync(television, 40, expected: 40));
        JsonElement limit = (await lab.MustAsync("show", "--json")).Json.GetProperty("rateLimit");
        Assert.Equal(tool.ToString(), limit.GetProperty("tool").GetString());
        Assert.InRange(limit.GetProperty("refusedByRate").GetInt64(), 32, 1000);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Should_hold_an_attacker_at_the_number_open_and_never_cut_what_plays(
        FirewallToolKind tool, string attacker, string other, string television)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        Socket before = await lab.OpenAsync(attacker);
        await lab.MustAsync("limit", "--per-minute", "10000", "--burst", "10000", "--concurrent", "5");
        Socket first = await lab.OpenAsync(attacker);

        Assert.Equal(4, await lab.KnockAsync(attacker, 30, expected: 4));
        Assert.Equal(5, await lab.KnockAsync(other, 30, expected: 5));
        Assert.Equal(30, await lab.KnockAsync(television, 30, expected: 30));
        Assert.True(await FirewallLab.IsAliveAsync(before));
        Assert.True(await FirewallLab.IsAliveAsync(first));

        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "1", "--concurrent", "1");
        Assert.Equal(1, await lab.KnockAsync(attacker, 10, expected: 1));
        Assert.True(await FirewallLab.IsAliveAsync(before));
        Assert.True(await FirewallLab.IsAliveAsync(first));
    }

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_count_a_household_of_IPv6_as_one(FirewallToolKind tool)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "6", "--concurrent", "100");

        Assert.Equal(4, await lab.KnockAsync(FirewallLab.AttackerV6, 4, expected: 4));
        Assert.Equal(2, await lab.KnockAsync(FirewallLab.SameHouseholdV6, 10, expected: 2));
        Assert.Equal(6, await lab.KnockAsync(FirewallLab.OtherV6, 6, expected: 6));
    }

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_hold_at_new_numbers_once_they_are_set(FirewallToolKind tool)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "2");
        Assert.Equal(2, await lab.KnockAsync(FirewallLab.Attacker, 10, expected: 2));

        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "12");

        Assert.Equal(12, await lab.KnockAsync(FirewallLab.Other, 30, expected: 12));
    }

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_be_the_same_after_the_second_time_and_gone_without_a_trace_after_removal(FirewallToolKind tool)
    {
        using var lab = new FirewallLab(tool);
        // Somebody else's rules, which must stay as they are; with iptables these make the table that ours go into.
        lab.Output("iptables", "-t", "mangle", "-A", "PREROUTING", "-p", "tcp", "--dport", "22", "-j", "ACCEPT");
        lab.Output("ip6tables", "-t", "mangle", "-A", "PREROUTING", "-p", "tcp", "--dport", "22", "-j", "ACCEPT");
        lab.Output("iptables", "-A", "INPUT", "-s", "192.0.2.1", "-j", "DROP");
        string before = lab.Ruleset, bytes = lab.Tool == FirewallToolKind.Nft ? lab.Output("nft", "list", "ruleset") : "";
        string list = lab.File("de.zone", "198.51.100.0/24\n2001:db8:bad::/48\n");

        foreach (string[] arguments in (string[][])[["limit"], ["country", "allow", "DE", "--list", list], ["block", "192.0.2.66"]])
        {
            CommandResult first = await lab.MustAsync([.. arguments, "--json"]);
            string once = lab.Ruleset;
            CommandResult second = await lab.MustAsync([.. arguments, "--json"]);
            Assert.NotEqual(before, once);
            Assert.Equal(once, lab.Ruleset);
            Assert.True(first.Json.GetProperty("changed").GetBoolean());
            if (arguments[0] != "block") Assert.False(second.Json.GetProperty("changed").GetBoolean());
        }

        await lab.MustAsync("remove", "limit");
        await lab.MustAsync("remove", "country");
        Assert.NotEqual(before, lab.Ruleset);
        await lab.MustAsync("unblock", "192.0.2.66");

        Assert.Equal(before, lab.Ruleset);
        if (bytes.Length > 0) Assert.Equal(bytes, lab.Output("nft", "list", "ruleset"));
        Assert.Empty(Directory.GetFiles(lab.Etc, "*", SearchOption.AllDirectories));
        await lab.MustAsync("remove", "all");
        Assert.Equal(before, lab.Ruleset);
    }

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_load_at_the_start_of_the_machine_by_the_commands_of_its_unit(FirewallToolKind tool)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        await lab.MustAsync("limit", "--per-minute", "1", "--burst", "3");
        await lab.MustAsync("block", FirewallLab.Other, "--for", "1h");
        string unit = Path.Combine(lab.Etc, "systemd/system/replexon-firewall.service");
        Assert.Equal("/etc/systemd/system/replexon-firewall.service", new FileInfo(
            Path.Combine(lab.Etc, "systemd/system/multi-user.target.wants/replexon-firewall.service")).LinkTarget);
        lab.Output("nft", "flush", "ruleset");
        Assert.False((await lab.MustAsync("show", "--json")).Json.GetProperty("isLoaded").GetBoolean());

        // Twice: a unit may be started again.
        for (int start = 0; start < 2; start++)
        {
            foreach (string line in File.ReadLines(unit).Where(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)))
            {
                string[] words = line["ExecStart=".Length..].Split(' ');
                bool mayFail = words[0][0] == '-';
                try
                {
                    lab.Output(words[0].TrimStart('-'), words[1..]);
                }
                catch (InvalidOperationException) when (mayFail)
                {
                    // As systemd does.
                }
            }
        }

        Assert.Equal(3, await lab.KnockAsync(FirewallLab.Attacker, 10, expected: 3));
        Assert.Equal(0, await lab.KnockAsync(FirewallLab.Other, 3, expected: 0));
        await lab.MustAsync("unblock", FirewallLab.Other);
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.Other, 3, expected: 3));
    }

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_write_what_it_refuses_to_the_log_and_not_flood_it(FirewallToolKind tool)
    {
        // The kernel logs for namespaces only where it is told to.
        const string forAll = "/proc/sys/net/netfilter/nf_log_all_netns";
        string before = File.ReadAllText(forAll);
        using var lab = new FirewallLab(tool);
        lab.Listen();
        File.WriteAllText(forAll, "1");
        try
        {
            int Lines() => lab.Output("dmesg").Split('\n').Count(
                line => line.Contains("replexon-rate: ", StringComparison.Ordinal) && line.Contains($"SRC={FirewallLab.Logged} ", StringComparison.Ordinal));
            await lab.MustAsync("limit", "--per-minute", "1", "--burst", "1");
            int already = Lines();

            Assert.Equal(1, await lab.KnockAsync(FirewallLab.Logged, 100, expected: 1));

            Assert.InRange(Lines() - already, 1, 20);
            Assert.InRange((await lab.MustAsync("show", "--json")).Json.GetProperty("rateLimit").GetProperty("refusedByRate").GetInt64(), 99, 10_000);
        }
        finally
        {
            File.WriteAllText(forAll, before);
        }
    }

    [Fact]
    public async Task Should_print_the_rules_and_change_nothing_in_a_dry_run()
    {
        using var lab = new FirewallLab();
        string before = lab.Ruleset;

        CommandResult result = await lab.MustAsync("limit", "--per-minute", "120", "--dry-run");

        Assert.Contains("limit rate over 120/minute burst 100 packets", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, lab.Ruleset);
        Assert.Empty(Directory.GetFiles(lab.Etc, "*", SearchOption.AllDirectories));
        // What it prints, nft takes.
        lab.Output("nft", "-c", "-f", lab.File("printed.nft", result.Output.Replace("Nothing was changed.\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_leave_proxies_and_further_networks_free_and_guard_the_ports_that_are_set()
    {
        using var lab = new FirewallLab();
        lab.Listen();
        string configuration = lab.Configure(new
        {
            firewall = new { ports = new[] { "32400", "443" }, lanNetworks = new[] { "2001:db8:bad::/48" } },
            access = new { trustedProxies = new[] { FirewallLab.Other } },
        });

        CommandResult result = await lab.MustAsync("limit", "--per-minute", "1", "--burst", "1", "--config", configuration, "--json");

        Assert.Equal([443, 32400], result.Json.GetProperty("status").GetProperty("rateLimit").GetProperty("ports").EnumerateArray().Select(one => one.GetInt32()));
        Assert.Equal(1, await lab.KnockAsync(FirewallLab.Attacker, 10, expected: 1));
        Assert.Equal(10, await lab.KnockAsync(FirewallLab.Other, 10, expected: 10));
        Assert.Equal(10, await lab.KnockAsync(FirewallLab.AttackerV6, 10, expected: 10));
    }
}
