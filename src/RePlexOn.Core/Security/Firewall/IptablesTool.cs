using System.Globalization;

namespace RePlexOn.Security.Firewall;

/// <summary>iptables, and ip6tables where the kernel knows IPv6.</summary>
internal sealed class IptablesTool(FirewallPrograms programs) : IFirewallTool
{
    private static readonly (string Program, bool IsIPv6, string BootFile)[] All =
        [("iptables", false, "rules.v4"), ("ip6tables", true, "rules.v6")];

    // The kernel has none of it where it was started with ipv6.disable=1.
    private readonly (string Program, bool IsIPv6, string BootFile)[] _families =
        [.. All.Where(family => !family.IsIPv6 || File.Exists("/proc/net/if_inet6"))];

    /// <inheritdoc/>
    public FirewallToolKind Kind => FirewallToolKind.Iptables;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> BootFiles(FirewallRules rules) =>
        _families.ToDictionary(family => family.BootFile, family => IptablesRuleset.Write(rules, family.IsIPv6, withEntry: true));

    /// <inheritdoc/>
    public FirewallBootCommands BootCommands(string folder) => new(
        [.. _families.SelectMany(family => (string[])
        [
            $"-{FirewallPrograms.PathOf(family.Program)} -t mangle -D {IptablesRuleset.Entry}",
            $"{FirewallPrograms.PathOf($"{family.Program}-restore")} --noflush {folder}/{family.BootFile}",
        ])],
        [.. _families.Select(family => $"-{FirewallPrograms.PathOf(family.Program)} -t mangle -D {IptablesRuleset.Entry}")]);

    /// <inheritdoc/>
    public string Show(FirewallRules rules) => string.Join(
        '\n', _families.Select(family => $"# {family.Program}-restore --noflush\n{IptablesRuleset.Write(rules, family.IsIPv6, withEntry: true)}"));

    /// <inheritdoc/>
    public async Task CheckAsync(FirewallRules rules, CancellationToken cancellationToken)
    {
        foreach ((string program, bool isIPv6, _) in _families)
            await RestoreAsync(program, IptablesRuleset.Write(rules, isIPv6, withEntry: true), cancellationToken, "--test");
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(FirewallRules rules, CancellationToken cancellationToken)
    {
        foreach ((string program, bool isIPv6, _) in _families)
        {
            bool isThere = HasEntry(await SaveAsync(program, cancellationToken));
            await RestoreAsync(program, IptablesRuleset.Write(rules, isIPv6, withEntry: !isThere), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach ((string program, _, _) in _families)
        {
            IReadOnlyList<string> saved = await SaveAsync(program, cancellationToken);
            // Where there is nothing of ours, no table is to be made by looking into it.
            if (!saved.Any(line => line.Contains(" REPLEXON", StringComparison.Ordinal) || line.StartsWith(":REPLEXON", StringComparison.Ordinal))) continue;
            await RestoreAsync(program, IptablesRuleset.Removal(HasEntry(saved)), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryChangeBlocksAsync(
        IReadOnlyList<BlockedAddress> gone, IReadOnlyList<BlockedAddress> come, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public async Task<FirewallCounts?> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<Refusal, long> packets = Enum.GetValues<Refusal>().ToDictionary(refusal => refusal, _ => 0L);
        foreach ((string program, _, _) in _families)
        {
            IReadOnlyList<string> saved = await SaveAsync(program, cancellationToken);
            if (!HasEntry(saved)) return null;
            foreach (Refusal refusal in packets.Keys)
            {
                string? line = saved.FirstOrDefault(line => line.EndsWith($"] {IptablesRuleset.CountingRule(refusal)}", StringComparison.Ordinal));
                if (line is not null) packets[refusal] += long.Parse(line.AsSpan(1, line.IndexOf(':') - 1), CultureInfo.InvariantCulture);
            }
        }

        return new(packets);
    }

    private static bool HasEntry(IReadOnlyList<string> saved) =>
        saved.Any(line => line.EndsWith($" -A {IptablesRuleset.Entry}", StringComparison.Ordinal));

    /// <summary>The table, with counters.</summary>
    private async Task<IReadOnlyList<string>> SaveAsync(string program, CancellationToken cancellationToken) =>
        (await programs.RunAsync($"{program}-save", ["-c", "-t", "mangle"], "", cancellationToken)).Split('\n');

    private Task RestoreAsync(string program, string text, CancellationToken cancellationToken, params string[] arguments) =>
        programs.RunAsync($"{program}-restore", ["--noflush", "--wait=10", .. arguments], text, cancellationToken);
}
