using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

/// <summary>Snapshots as a catalog would show them.</summary>
internal static class Some
{
    public static PlexSnapshot Snapshot(DateTimeOffset takenAt, SnapshotState state = SnapshotState.Whole, string? name = null) => new()
    {
        Name = name ?? SnapshotName.At(takenAt).Text,
        TakenAt = takenAt,
        State = state,
        Target = "/mnt/nas",
    };

    /// <summary>Rules of which none is set.</summary>
    public static RetentionRules NoRules { get; } = new() { KeepWeekly = 0 };
}
