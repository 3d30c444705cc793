namespace RePlexOn.Targets;

/// <summary>What an entry on the target is.</summary>
public enum RemoteEntryKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, socket or pipe.</summary>
    Other,
}
