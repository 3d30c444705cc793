namespace RePlexOn.Files;

/// <summary>
/// What a scan saw, or what an index kept of one. Entries stand in the order of a walk: the root first (the empty path),
/// the entries of a folder by the bytes of their names, each folder followed at once by all that is beneath it.
/// </summary>
public sealed class FileTree
{
    private readonly byte[] _names;
    private readonly ulong[] _devices;
    private readonly int[] _unreadable;

    /// <param name="records">The entries, in the order of a walk.</param>
    /// <param name="count">How many of <paramref name="records"/> are in use.</param>
    /// <param name="names">Bytes of all names.</param>
    /// <param name="devices">The devices that <see cref="FileRecord.Device"/> counts.</param>
    /// <param name="unsettled">When the scan looked.</param>
    /// <param name="unreadable">Indices of the folders in <paramref name="problems"/>, rising.</param>
    /// <param name="problems">The folders that could not be listed.</param>
    internal FileTree(
        FileRecord[] records, int count, byte[] names, ulong[] devices, TimeWindow unsettled,
        int[] unreadable, IReadOnlyList<UnreadableFolder> problems)
    {
        Records = records;
        Count = count;
        _names = names;
        _devices = devices;
        _unreadable = unreadable;
        Unsettled = unsettled;
        Unreadable = problems;
        for (var i = 0; i < count; i++)
        {
            ref readonly var record = ref records[i];
            if (record.IsRegular)
            {
                FileCount++;
                Bytes += record.Size;
                LargestFile = Math.Max(LargestFile, record.Size);
                HasHardLinks |= record.IsHardLinked;
            }
            else if (record.IsDirectory)
                DirectoryCount++;
            else
                OtherCount++;
        }
    }

    /// <summary>How many entries there are, the root among them.</summary>
    public int Count { get; }

    /// <summary>Regular files.</summary>
    public long FileCount { get; }

    /// <summary>Folders, the root among them.</summary>
    public long DirectoryCount { get; }

    /// <summary>Symbolic links, sockets, named pipes and devices.</summary>
    public long OtherCount { get; }

    /// <summary>Size of all regular files together, in bytes; a file with several names counts once for each.</summary>
    public long Bytes { get; }

    /// <summary>Size of the largest regular file, in bytes.</summary>
    public long LargestFile { get; }

    /// <summary>Whether a regular file has several names, here or elsewhere.</summary>
    public bool HasHardLinks { get; }

    /// <summary>Folders that could not be listed, in the order of the tree; an index does not keep them.</summary>
    public IReadOnlyList<UnreadableFolder> Unreadable { get; }

    internal FileRecord[] Records { get; }

    /// <summary>
    /// The time in which the scan looked, and a little more. An entry stamped in it may change again and keep the stamp.
    /// </summary>
    internal TimeWindow Unsettled { get; }

    internal ReadOnlySpan<byte> Names => _names;

    internal ReadOnlySpan<ulong> Devices => _devices;

    /// <summary>The entry at a place of the tree's order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public FileEntry this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new FileEntry(this, index);
        }
    }

    /// <summary>Where a path stands in the tree, or -1. The empty path is the root.</summary>
    public int IndexOf(ReadOnlySpan<byte> path)
    {
        var at = 0;
        while (!path.IsEmpty && at >= 0)
        {
            var slash = path.IndexOf((byte)'/');
            at = ChildOf(at, slash < 0 ? path : path[..slash]);
            path = slash < 0 ? [] : path[(slash + 1)..];
        }
        return at;
    }

    internal ref readonly FileRecord Record(int index) => ref Records[index];

    internal ulong DeviceOf(in FileRecord record) => _devices[record.Device];

    internal ReadOnlySpan<byte> NameOf(int index)
    {
        ref readonly var record = ref Records[index];
        return _names.AsSpan((int)record.NameOffset, record.NameLength);
    }

    internal bool IsUnreadable(int folder) => Array.BinarySearch(_unreadable, folder) >= 0;

    internal byte[] PathOf(int index)
    {
        var path = new byte[PathLength(index)];
        CopyPath(index, path);
        return path;
    }

    /// <summary>How many folders lie between the root and an entry, and one: the root has 0.</summary>
    internal int DepthOf(int index)
    {
        var depth = 0;
        for (; index > 0; index = Records[index].Parent) depth++;
        return depth;
    }

    internal int PathLength(int index)
    {
        var length = 0;
        for (; index > 0; index = Records[index].Parent)
            length += Records[index].NameLength + 1;
        return Math.Max(0, length - 1);
    }

    /// <summary>Writes a path into a buffer of just its length, from the last part to the first.</summary>
    internal void CopyPath(int index, Span<byte> path)
    {
        var end = path.Length;
        for (; index > 0; index = Records[index].Parent)
        {
            var name = NameOf(index);
            end -= name.Length;
            name.CopyTo(path[end..]);
            if (end > 0)
                path[--end] = (byte)'/';
        }
    }

    private int ChildOf(int folder, ReadOnlySpan<byte> name)
    {
        for (var child = folder + 1; child < Records[folder].End; child = Records[child].End)
        {
            var order = NameOf(child).SequenceCompareTo(name);
            if (order >= 0)
                return order == 0 ? child : -1;
        }
        return -1;
    }
}
