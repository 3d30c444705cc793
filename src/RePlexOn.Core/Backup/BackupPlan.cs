namespace RePlexOn.Backup;

/// <summary>What a backup would do.</summary>
/// <param name="Source">The Plex data directory.</param>
/// <param name="Target">The target, as the user wrote it.</param>
/// <param name="Pass">The pass it would make.</param>
/// <param name="PassReason">Why that one.</param>
/// <param name="Changes">What would be done, entry by entry.</param>
public sealed record BackupPlan(
    string Source, string Target, MirrorPass Pass, string PassReason, IReadOnlyList<PlannedChange> Changes)
{
    /// <summary>Whether a snapshot would be made, and why, in words; empty where that was not asked.</summary>
    public string Snapshot { get; init; } = "";
}
