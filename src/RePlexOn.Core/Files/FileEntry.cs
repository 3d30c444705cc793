namespace RePlexOn.Files;

/// <summary>One entry of a <see cref="FileTree"/>, as the system described it at the moment of the scan.</summary>
public readonly struct FileEntry
{
    private readonly FileTree _tree;

    internal FileEntry(FileTree tree, int index)
    {
        _tree = tree;
        Index = index;
    }

    /// <summary>Where it stands in its tree.</summary>
    public int Index { get; }

    /// <summary>
    /// Path below the root, as bytes with <c>/</c> between its parts; empty for the root. A tree keeps names alone, so
    /// each call puts the path together anew.
    /// </summary>
    public ReadOnlySpan<byte> Path => _tree.PathOf(Index);

    /// <summary>The last part of the path; empty for the root.</summary>
    public ReadOnlySpan<byte> Name => _tree.NameOf(Index);

    /// <summary>What it is.</summary>
    public FileKind Kind => Record.Kind;

    /// <summary>Type and permissions, as in <c>st_mode</c>.</summary>
    public uint Mode => Record.Mode;

    /// <summary>Number of the user who owns it.</summary>
    public uint UserId => Record.UserId;

    /// <summary>Number of its group.</summary>
    public uint GroupId => Record.GroupId;

    /// <summary>Size in bytes, as the file system states it for this kind.</summary>
    public long Size => Record.Size;

    /// <summary>When its content was last modified, in nanoseconds since 1970-01-01 UTC. A program may set it freely.</summary>
    public long ModifiedNs => Record.ModifiedNs;

    /// <summary>When its content or its attributes last changed, in nanoseconds since 1970-01-01 UTC. Only the kernel sets it.</summary>
    public long ChangedNs => Record.ChangedNs;

    /// <summary>Inode number.</summary>
    public ulong Inode => Record.Inode;

    /// <summary>Device it lies on: the major number in the upper 32 bits, the minor in the lower.</summary>
    public ulong Device => _tree.DeviceOf(in Record);

    /// <summary>How many names its inode has, inside the tree or out of it.</summary>
    public uint Links => Record.Links;

    /// <summary>The path as text that is safe to show.</summary>
    public override string ToString() => DisplayPath.Of(Path);

    private ref readonly FileRecord Record => ref _tree.Record(Index);
}
