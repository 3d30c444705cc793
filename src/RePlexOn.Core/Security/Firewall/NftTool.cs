using System.Text.Json;

namespace RePlexOn.Security.Firewall;

/// <summary>nftables.</summary>
internal sealed class NftTool(FirewallPrograms programs, TimeProvider time) : IFirewallTool
{
    private const string Program = "nft", BootFile = "replexon.nft";

    /// <inheritdoc/>
    public FirewallToolKind Kind => FirewallToolKind.Nft;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> BootFiles(FirewallRules rules) =>
        new Dictionary<string, string> { [BootFile] = NftRuleset.Write(rules, time.GetUtcNow(), forBoot: true) };

    /// <inheritdoc/>
    public FirewallBootCommands BootCommands(string folder)
    {
        string nft = FirewallPrograms.PathOf(Program);
        return new([$"{nft} -f {folder}/{BootFile}"], [$"-{nft} delete table {NftRuleset.Table}"]);
    }

    /// <inheritdoc/>
    public string Show(FirewallRules rules) => NftRuleset.Write(rules, time.GetUtcNow(), forBoot: false);

    /// <inheritdoc/>
    public async Task CheckAsync(FirewallRules rules, CancellationToken cancellationToken)
    {
        await programs.RunAsync(Program, ["-c", "-f", "-"], Show(rules), cancellationToken);
        await programs.RunAsync(Program, ["-c", "-f", "-"], NftRuleset.Write(rules, time.GetUtcNow(), forBoot: true), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ApplyAsync(FirewallRules rules, CancellationToken cancellationToken) =>
        programs.RunAsync(Program, ["-f", "-"], Show(rules), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(CancellationToken cancellationToken) =>
        programs.RunAsync(Program, ["-f", "-"], NftRuleset.Removal, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryChangeBlocksAsync(
        IReadOnlyList<BlockedAddress> gone, IReadOnlyList<BlockedAddress> come, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        string text = string.Concat([.. gone.Select(NftRuleset.Delete), .. come.Select(one => NftRuleset.Add(one, now))]);
        return await programs.TryAsync(Program, ["-f", "-"], text, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public async Task<FirewallCounts?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await programs.TryAsync(Program, ["-j", "list", "counters", "table", .. NftRuleset.Table.Split(' ')], "", cancellationToken) is not { } answer)
            return null;

        var packets = new Dictionary<Refusal, long>();
        using JsonDocument document = JsonDocument.Parse(answer);
        foreach (JsonElement item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (!item.TryGetProperty("counter", out JsonElement counter)) continue;
            string? name = counter.GetProperty("name").GetString();
            foreach (Refusal refusal in Enum.GetValues<Refusal>().Where(refusal => NftRuleset.Counter(refusal) == name))
                packets[refusal] = counter.GetProperty("packets").GetInt64();
        }

        // `list counters table` ends well too where the table is missing.
        return packets.Count > 0 ? new(packets) : null;
    }
}
