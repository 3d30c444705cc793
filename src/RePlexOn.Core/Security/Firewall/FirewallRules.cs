using System.Text.Json;
using System.Text.Json.Serialization;

namespace RePlexOn.Security.Firewall;

/// <summary>All that the firewall is to do, as it is kept in a file of its own.</summary>
internal sealed record FirewallRules
{
    /// <summary>TCP ports that are guarded.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>What puts the rules into the kernel.</summary>
    public required FirewallToolKind Tool { get; init; }

    /// <summary>Networks and proxies that no limit and no country rule holds for, in the form of <see cref="AddressSet"/>.</summary>
    public required IReadOnlyList<string> Exempt { get; init; }

    public FirewallRateLimit? RateLimit { get; init; }

    public FirewallCountryRule? CountryRule { get; init; }

    public required IReadOnlyList<BlockedAddress> Blocked { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    [JsonIgnore]
    public bool IsEmpty => RateLimit is null && CountryRule is null && Blocked.Count == 0;

    /// <summary>The rules without the blocks that have ended.</summary>
    public FirewallRules At(DateTimeOffset now) => this with { Blocked = [.. Blocked.Where(one => one.ExpiresAt is null || one.ExpiresAt > now)] };

    /// <summary>As UTF-8 JSON; the same for the same rules.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FirewallJson.Default.FirewallRules);

    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static FirewallRules FromJson(byte[] json) =>
        JsonSerializer.Deserialize(json, FirewallJson.Default.FirewallRules) ?? throw new JsonException("It is null.");
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FirewallRules))]
internal sealed partial class FirewallJson : JsonSerializerContext;
