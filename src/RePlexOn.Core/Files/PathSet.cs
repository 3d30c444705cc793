namespace RePlexOn.Files;

/// <summary>Which paths of a <see cref="TreeDifference"/>; they can be combined.</summary>
[Flags]
public enum PathSet
{
    /// <summary>No paths.</summary>
    None = 0,

    /// <summary>Those whose difference rsync sees by itself.</summary>
    Changed = 1,

    /// <summary>Those that rsync must compare by checksum.</summary>
    Suspect = 2,

    /// <summary>Those that are gone.</summary>
    Vanished = 4,
}
