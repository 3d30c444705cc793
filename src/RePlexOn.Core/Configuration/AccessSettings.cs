namespace RePlexOn.Configuration;

/// <summary>Who comes to the server, and whom to believe.</summary>
public sealed record AccessSettings
{
    /// <summary>Addresses and networks of reverse proxies, whose X-Forwarded-For is believed and who are never blamed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Addresses and networks that are never called suspicious, nor banned.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
