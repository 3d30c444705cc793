using RePlexOn.IntegrationTests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A machine that boots, and boots again.</summary>
public sealed class FirewallRestartTests
{
    [Fact]
    public void Should_be_there_after_a_restart_and_after_nftables_was_restarted_until_it_is_removed()
    {
        using var machine = new BootedMachine(hasOwnNetwork: true);
        string At(string name) => File.ReadAllText(Path.Combine(machine.Folder, name));

        machine.Run($"""
            replexon={BootedMachine.Program}
            cd {BootedMachine.Shared}
            find /etc/systemd /etc/replexon | sort > files-before
            $replexon firewall limit --per-minute 77
            $replexon firewall block 198.51.100.7 --for 24h
            $replexon firewall block 198.51.100.8
            systemctl is-active replexon-firewall > active-first
            """);
        string output = machine.Run($"""
            replexon={BootedMachine.Program}
            cd {BootedMachine.Shared}
            # systemctl waits for nftables alone.
            save() (for i in $(seq 100); do nft list table inet replexon && break; sleep 0.1; done > /dev/null 2>&1; nft -s list ruleset > "$1")
            for i in $(seq 300); do systemctl is-active replexon-firewall > active-second && break; sleep 0.1; done
            save booted
            systemctl restart nftables
            save restarted
            systemctl reload nftables
            save reloaded
            $replexon firewall unblock 198.51.100.7
            nft -s list ruleset > unblocked
            $replexon firewall remove all
            nft list ruleset > removed
            systemctl is-active replexon-firewall > active-third
            find /etc/systemd /etc/replexon | sort > files-after
            """);

        Assert.True(At("active-first") == "active\n" && At("active-second").EndsWith("active\n", StringComparison.Ordinal), output);
        Assert.Contains("limit rate over 77/minute", At("booted"), StringComparison.Ordinal);
        Assert.Contains("ip saddr 198.51.100.7 meta time <", At("booted"), StringComparison.Ordinal);
        Assert.Contains("elements = { 198.51.100.8 }", At("booted"), StringComparison.Ordinal);
        Assert.Contains(At("booted"), At("restarted"), StringComparison.Ordinal);
        Assert.Contains(At("booted"), At("reloaded"), StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.7", At("unblocked"), StringComparison.Ordinal);
        Assert.Contains("198.51.100.8", At("unblocked"), StringComparison.Ordinal);
        Assert.DoesNotContain("replexon", At("removed"), StringComparison.Ordinal);
        Assert.Equal("inactive\n", At("active-third"));
        Assert.Equal(At("files-before"), At("files-after"));
    }
}
