namespace RePlexOn.Targets;

/// <summary>What happened to a path.</summary>
public enum RsyncChangeKind
{
    /// <summary>A file's content was transferred.</summary>
    Sent,

    /// <summary>A folder, link or special file was made, or a file became a hard link.</summary>
    Created,

    /// <summary>It was removed at the destination.</summary>
    Deleted,

    /// <summary>Only time, owner or permissions were set.</summary>
    Attributes,
}
