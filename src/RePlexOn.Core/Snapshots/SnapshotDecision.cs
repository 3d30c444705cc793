namespace RePlexOn.Snapshots;

/// <summary>Whether a backup makes a snapshot.</summary>
/// <param name="IsMade">Whether it does.</param>
/// <param name="Reason">Why, in a sentence for a person; empty where nothing needs to be said.</param>
internal sealed record SnapshotDecision(bool IsMade, string Reason);
