namespace RePlexOn.Backup;

/// <summary>What would be done to one entry of the mirror.</summary>
public enum PlannedAction
{
    /// <summary>A new entry would be made.</summary>
    Create,

    /// <summary>The content would be sent.</summary>
    Update,

    /// <summary>Only owner, mode or time would be set.</summary>
    SetAttributes,

    /// <summary>The entry would be removed from the mirror.</summary>
    Delete,

    /// <summary>A live database would be captured, checked and sent where it differs.</summary>
    CaptureDatabase,
}

/// <summary>One line of what a backup would do.</summary>
/// <param name="Action">What would be done.</param>
/// <param name="Path">To which path below the data directory; odd bytes are shown escaped.</param>
/// <param name="Bytes">Size in bytes of what would be sent; null where nothing is.</param>
public sealed record PlannedChange(PlannedAction Action, string Path, long? Bytes);
