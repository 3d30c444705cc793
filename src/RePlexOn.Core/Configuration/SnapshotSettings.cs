using RePlexOn.Snapshots;

namespace RePlexOn.Configuration;

/// <summary>When a backup makes a snapshot by itself.</summary>
public sealed record SnapshotSettings
{
    /// <summary>The occasion.</summary>
    public SnapshotOccasion On { get; init; } = SnapshotOccasion.Sunday;
}
