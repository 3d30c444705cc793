namespace RePlexOn.Security.AccessLog;

/// <summary>One request that came to the server, with its answer. It holds no token.</summary>
public sealed record AccessEvent
{
    /// <summary>When it came in; where only the answer is known, when that went out.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who asked: the client behind a trusted proxy, else whom the server talked to.</summary>
    public required string Address { get; init; }

    /// <summary>Whom the server talked to: the client, or a proxy.</summary>
    public required string Peer { get; init; }

    /// <summary>That one's port.</summary>
    public int Port { get; init; }

    /// <summary>What the server calls the network: <c>WAN</c>, <c>Subnet</c>, <c>Loopback</c>, <c>Allowed Network (Subnet)</c>; null where only the answer is known.</summary>
    public string? Network { get; init; }

    /// <summary>Whether the address belongs to this machine, to a private network or to a trusted proxy.</summary>
    public bool IsLocal { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>What was asked for, as it was sent, on one line; tokens and passwords are blotted out.</summary>
    public required string Url { get; init; }

    /// <summary>HTTP status of the answer; null as long as there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The user whose token was sent; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Time until the answer; null where unknown.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Size of the answer in bytes; null where unknown.</summary>
    public long? Bytes { get; init; }

    /// <summary>What is wrong with it; null for nothing that one request alone could show.</summary>
    public AccessReason? Reason { get; init; }
}
