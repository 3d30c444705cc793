namespace RePlexOn.Security.Firewall;

/// <summary>Packets that were refused since the rules were last put in, by reason.</summary>
internal sealed record FirewallCounts(IReadOnlyDictionary<Refusal, long> Packets)
{
    public long? Of(Refusal refusal) => Packets.TryGetValue(refusal, out long packets) ? packets : null;
}
