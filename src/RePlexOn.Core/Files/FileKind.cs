namespace RePlexOn.Files;

/// <summary>What an entry of a tree is.</summary>
public enum FileKind : byte
{
    /// <summary>A folder.</summary>
    Directory,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link, never followed.</summary>
    SymbolicLink,

    /// <summary>A socket, a named pipe or a device.</summary>
    Other,
}
