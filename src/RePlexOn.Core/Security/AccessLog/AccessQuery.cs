namespace RePlexOn.Security.AccessLog;

/// <summary>Which requests are asked for. Everything that is set must hold; an empty query means all.</summary>
public sealed record AccessQuery
{
    /// <summary>The logs to read; empty for the server's, with those rotated away from it.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Only requests that came at this moment or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only requests that came before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only requests from these addresses; empty for any.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Only requests that were answered so; empty for any.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>Only requests in which something is wrong.</summary>
    public bool OnlySuspicious { get; init; }

    /// <summary>At most this many, the newest; null means all. Zero or more.</summary>
    public int? Last { get; init; }

    /// <summary>Whether a request is one of those asked for (but for <see cref="Last"/>).</summary>
    internal bool Matches(AccessEvent request) =>
        (After is null || request.Time >= After)
        && (Before is null || request.Time < Before)
        && (Addresses.Count == 0 || Addresses.Contains(request.Address, StringComparer.OrdinalIgnoreCase))
        && (Statuses.Count == 0 || (request.Status is { } status && Statuses.Contains(status)))
        && (!OnlySuspicious || request.Reason is not null);
}
