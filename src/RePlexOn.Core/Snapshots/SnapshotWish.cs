namespace RePlexOn.Snapshots;

/// <summary>What a user asks of a backup about a snapshot.</summary>
public enum SnapshotWish
{
    /// <summary>Make one where the configured rule says so.</summary>
    WhenDue,

    /// <summary>Make one.</summary>
    Always,

    /// <summary>Make none.</summary>
    Never,
}
