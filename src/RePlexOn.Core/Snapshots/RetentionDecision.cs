namespace RePlexOn.Snapshots;

/// <summary>What the retention rules say of one snapshot, and why.</summary>
/// <param name="Snapshot">
/// Its name. Not called <c>Name</c>, so that a plan, which names the kept ones too, cannot be piped into a removal.
/// </param>
/// <param name="TakenAt">When it was begun.</param>
/// <param name="State">What its folder says of its content.</param>
/// <param name="IsKept">Whether it stays.</param>
/// <param name="Reason">Why it stays, with commas between the reasons, or why it goes.</param>
public sealed record RetentionDecision(string Snapshot, DateTimeOffset TakenAt, SnapshotState State, bool IsKept, string Reason);
