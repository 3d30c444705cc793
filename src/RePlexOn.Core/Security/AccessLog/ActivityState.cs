namespace RePlexOn.Security.AccessLog;

/// <summary>What one address has done of late, as it is kept between two looks at the log.</summary>
internal sealed record ActivityState
{
    public required string Address { get; init; }
    public required bool IsLocal { get; init; }
    public required long Number { get; init; }
    public required bool IsSuspicious { get; init; }
    public required DateTimeOffset LastHeard { get; init; }
    public required DateTimeOffset? LetIn { get; init; }
    public required DateTimeOffset First { get; init; }
    public required DateTimeOffset Last { get; init; }
    public required Dictionary<AccessReason, int> Marks { get; init; }
    public required IReadOnlyList<string> Examples { get; init; }
    public required CountState? Refused { get; init; }
    public required CountState? Scans { get; init; }
    public required CountState? Rate { get; init; }
}
