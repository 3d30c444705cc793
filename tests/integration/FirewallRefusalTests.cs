using RePlexOn.IntegrationTests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>Where the firewall cannot be changed, it is said plainly, and nothing is half done.</summary>
public sealed class FirewallRefusalTests
{
    [Fact]
    public async Task Should_tell_who_is_not_root_so()
    {
        using var lab = new FirewallLab();

        foreach (string[] arguments in (string[][])[["show"], ["limit"], ["limit", "--dry-run"], ["remove", "all"]])
        {
            CommandResult result = await RunningCommand.StartProgram(
                [], "ip", ["netns", "exec", lab.Server, "setpriv", "--reuid=65534", "--clear-groups", RunningCommand.Program, "firewall", .. arguments, "--json"]).EndAsync();

            Assert.Equal((int)ExitCode.Failed, result.ExitCode);
            Assert.Equal("FirewallNeedsRoot", result.Json.GetProperty("errorId").GetString());
        }

        Assert.Empty(lab.Ruleset);
    }

    [Fact]
    public async Task Should_tell_when_the_kernel_refuses_and_leave_no_file()
    {
        using var lab = new FirewallLab();

        CommandResult result = await RunAsync(lab, "setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin");

        Assert.Equal((int)ExitCode.Failed, result.ExitCode);
        Assert.Equal("FirewallRefused", result.Json.GetProperty("errorId").GetString());
        Assert.Contains("NET_ADMIN", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(lab.Etc, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Should_tell_that_neither_nftables_nor_iptables_is_there()
    {
        using var lab = new FirewallLab();

        CommandResult result = await RunAsync(
            lab, "sh", "-c", "for one in nft iptables-restore; do mount --bind /dev/null \"$(command -v $one)\"; done; exec \"$@\"", "sh");

        Assert.Equal((int)ExitCode.Failed, result.ExitCode);
        Assert.Equal("FirewallToolMissing", result.Json.GetProperty("errorId").GetString());
        Assert.Contains("apt install nftables", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(lab.Etc, "*", SearchOption.AllDirectories));
        Assert.Empty(lab.Ruleset);
    }

    [Fact]
    public async Task Should_change_nothing_where_the_files_cannot_be_written()
    {
        using var lab = new FirewallLab();
        await lab.MustAsync("limit", "--per-minute", "77");
        string before = lab.Ruleset;

        CommandResult result = await RunAsync(lab, "sh", "-c", "mount -t tmpfs -o ro tmpfs /etc/systemd/system; exec \"$@\"", "sh");

        Assert.Equal("FirewallFileNotWritable", result.Json.GetProperty("errorId").GetString());
        Assert.Equal(before, lab.Ruleset);
        Assert.Equal(77, (await lab.MustAsync("show", "--json")).Json.GetProperty("rateLimit").GetProperty("perMinute").GetInt32());
    }

    [Fact]
    public async Task Should_name_the_setting_that_makes_no_sense()
    {
        using var lab = new FirewallLab();
        foreach ((string key, string[] value) in new[] { ("firewall.ports", new[] { "plex" }), ("firewall.lanNetworks", ["192.168.1.0/33"]), ("access.trustedProxies", ["proxy"]) })
        {
            string[] parts = key.Split('.');
            var settings = new Dictionary<string, object> { [parts[0]] = new Dictionary<string, object> { [parts[1]] = value } };
            CommandResult result = await lab.RunAsync("limit", "--json", "--config", lab.Configure(settings));

            Assert.Equal((int)ExitCode.Usage, result.ExitCode);
            Assert.Equal("FirewallSettingInvalid", result.Json.GetProperty("errorId").GetString());
            Assert.Contains(key, result.Errors, StringComparison.Ordinal);
        }

        Assert.Empty(lab.Ruleset);
    }

    /// <summary>Runs <c>replexon firewall limit</c> by way of another program.</summary>
    private static Task<CommandResult> RunAsync(FirewallLab lab, params string[] program) =>
        lab.StartAsync([.. program, RunningCommand.Program, "firewall", "limit", "--json"]);
}
