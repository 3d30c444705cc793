namespace RePlexOn.Security.AccessLog;

/// <summary>An address that did what no client of Plex does, from its first sign to its last. It holds no token.</summary>
public sealed record SuspiciousAccess
{
    /// <summary>The address.</summary>
    public required string Address { get; init; }

    /// <summary>Why it is suspicious, the gravest reason first.</summary>
    public required IReadOnlyList<AccessReason> Reasons { get; init; }

    /// <summary>How many requests showed it.</summary>
    public required int Requests { get; init; }

    /// <summary>How many requests showed each reason, by its name.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>When the first of them came.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the last of them came.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Whether it is in a private network, or a trusted proxy.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>Some of what it asked for: method, URL and status.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>What to do.</summary>
    public string Advice => AccessAdvice.For(this);
}
