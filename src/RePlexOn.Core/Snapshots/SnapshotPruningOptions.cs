namespace RePlexOn.Snapshots;

/// <summary>What a user asks of a removal by the retention rules.</summary>
public sealed record SnapshotPruningOptions : SnapshotWorkOptions
{
    /// <summary>Single rules that take the place of the configured ones for this run.</summary>
    public RetentionOverrides Rules { get; init; } = new();

    /// <summary>Remove none but these, whatever the rules say: those that a user has seen and agreed to. Null for no such limit.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }
}
