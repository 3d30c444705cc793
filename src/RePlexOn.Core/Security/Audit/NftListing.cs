using System.Text.Json;

namespace RePlexOn.Security.Audit;

/// <summary>The rules of nftables as <c>nft -j list ruleset</c> lists them (libnftables-json(5)), as far as the audit asks about them.</summary>
internal sealed class NftListing
{
    private static readonly string[] Limiters = ["limit", "ct count"];
    private static readonly string[] LimiterExtensions = ["hashlimit", "connlimit", "recent", "limit"]; // of iptables, shown as "xt"

    private readonly Dictionary<Place, Chain> _chains = [];

    private NftListing()
    {
    }

    /// <summary>Reads what nft printed.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static NftListing Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var rules = new NftListing();
        if (!document.RootElement.TryGetProperty("nftables", out JsonElement items)) throw new JsonException("This is no ruleset.");
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (item.TryGetProperty("chain", out JsonElement chain))
            {
                rules._chains[Place.Of(chain, "name")] = new Chain(TextOf(chain, "hook"), TextOf(chain, "type"), TextOf(chain, "policy"));
            }
            else if (item.TryGetProperty("rule", out JsonElement rule) && rules._chains.TryGetValue(Place.Of(rule, "chain"), out Chain? owner)
                && rule.TryGetProperty("expr", out JsonElement statements))
            {
                owner.Rules.Add([.. statements.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one => one.Clone())]);
            }
        }

        return rules;
    }

    /// <summary>The chain that turns away what comes in and no rule allows; null for none.</summary>
    /// <param name="family"><c>ip</c> or <c>ip6</c>.</param>
    public string? FindGuard(string family) => Incoming(family).Where(entry => EndsInRefusal(entry.Key, entry.Value, [])).Select(entry => entry.Key.ToString()).FirstOrDefault();

    /// <summary>The chain that limits connections to a TCP port; null for none.</summary>
    public string? FindLimit(int port) => _chains
        .Where(entry => entry.Value.Rules.Any(rule => Mentions(rule, port) && (IsLimiter(rule) || TargetsOf(entry.Key, rule).Any(HoldsLimiter))))
        .Select(entry => entry.Key.ToString()).FirstOrDefault();

    /// <summary>The chain that hands a TCP port on to another address; null for none.</summary>
    public string? FindForwarding(int port) => _chains
        .Where(entry => entry.Value.Rules.Any(rule => Mentions(rule, port) && rule.Any(IsTranslation)))
        .Select(entry => entry.Key.ToString()).FirstOrDefault();

    private IEnumerable<KeyValuePair<Place, Chain>> Incoming(string family) =>
        _chains.Where(entry => entry.Value is { Hook: "input", Type: "filter" } && (entry.Key.Family == family || entry.Key.Family == "inet"));

    // By its policy, or by a rule without a condition, in it or where such a rule leads.
    private bool EndsInRefusal(Place place, Chain chain, HashSet<Place> seen) =>
        seen.Add(place) && (chain.Policy == "drop" || chain.Rules.Any(rule => !rule.Any(IsCondition) && (
            rule.Any(one => one.TryGetProperty("drop", out _) || one.TryGetProperty("reject", out _))
            || TargetsOf(place, rule).Any(target => _chains.TryGetValue(target, out Chain? next) && EndsInRefusal(target, next, seen)))));

    private bool HoldsLimiter(Place place) => _chains.TryGetValue(place, out Chain? chain) && chain.Rules.Any(IsLimiter);

    private static IEnumerable<Place> TargetsOf(Place place, JsonElement[] rule) =>
        from one in rule
        from verb in (string[])["jump", "goto"]
        where one.TryGetProperty(verb, out JsonElement jump) && jump.ValueKind == JsonValueKind.Object && jump.TryGetProperty("target", out _)
        select place with { Name = TextOf(one.GetProperty(verb), "target")! };

    private static bool IsCondition(JsonElement statement) =>
        statement.TryGetProperty("match", out _) || statement.TryGetProperty("limit", out _) || statement.TryGetProperty("ct count", out _)
        || (statement.TryGetProperty("xt", out JsonElement extension) && TextOf(extension, "type") != "target");

    private static bool IsTranslation(JsonElement statement) =>
        statement.TryGetProperty("dnat", out _) || (statement.TryGetProperty("xt", out JsonElement extension) && TextOf(extension, "name") == "DNAT");

    private static bool IsLimiter(JsonElement[] rule) => rule.Any(one =>
        Limiters.Any(name => one.TryGetProperty(name, out _))
        || (one.TryGetProperty("xt", out JsonElement extension) && LimiterExtensions.Contains(TextOf(extension, "name")))
        || (one.TryGetProperty("set", out JsonElement set) && HoldsLimiterStatement(set))
        || one.TryGetProperty("meter", out _));

    private static bool HoldsLimiterStatement(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("stmt", out JsonElement statements)
        && statements.EnumerateArray().Any(one => Limiters.Any(name => one.TryGetProperty(name, out _)));

    private static bool Mentions(JsonElement[] rule, int port) => rule.Any(one =>
        one.TryGetProperty("match", out JsonElement match) && match.TryGetProperty("right", out JsonElement right) && Holds(right, port));

    private static bool Holds(JsonElement value, int port) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt32(out int number) && number == port,
        JsonValueKind.Array => value.EnumerateArray().Any(one => Holds(one, port)),
        JsonValueKind.Object when value.TryGetProperty("range", out JsonElement range) && range.ValueKind == JsonValueKind.Array && range.GetArrayLength() == 2 =>
            range[0].ValueKind == JsonValueKind.Number && range[0].GetInt32() <= port && range[1].GetInt32() >= port,
        JsonValueKind.Object => value.EnumerateObject().Any(one => Holds(one.Value, port)),
        _ => false,
    };

    private static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Place(string Family, string Table, string Name)
    {
        public static Place Of(JsonElement item, string name) =>
            new(TextOf(item, "family") ?? "", TextOf(item, "table") ?? "", TextOf(item, name) ?? "");

        public override string ToString() => $"the chain {Name} of the table {Family} {Table}";
    }

    private sealed record Chain(string? Hook, string? Type, string? Policy)
    {
        public List<JsonElement[]> Rules { get; } = [];
    }
}
