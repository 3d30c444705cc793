namespace RePlexOn.Snapshots;

/// <summary>What a user asks of a removal by name.</summary>
public sealed record SnapshotRemovalOptions : SnapshotWorkOptions
{
    /// <summary>The snapshots to remove.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Go on although no whole snapshot would be left.</summary>
    public bool Force { get; init; }
}
