namespace RePlexOn.Files;

/// <summary>A folder as it is now, to be held against a scan of it.</summary>
internal sealed class ScannedSource : IDisposable
{
    private readonly FileTree _tree;
    private readonly byte[] _path = new byte[LinuxCalls.LongestPath + 1];
    private readonly int _root;

    /// <summary>Opens the folder.</summary>
    /// <param name="tree">The scan of it.</param>
    /// <param name="folder">Its full path; where it cannot be opened, nothing counts as unchanged.</param>
    public ScannedSource(FileTree tree, string folder) => (_tree, _root) = (tree, LinuxCalls.OpenRoot(folder));

    /// <summary>Whether a regular file has stayed as the scan saw it, so that all that was read of it since is of one content.</summary>
    /// <param name="index">Where it stands in the scan.</param>
    public unsafe bool IsUnchanged(int index)
    {
        int length = _tree.PathLength(index);
        if (_root < 0 || length > LinuxCalls.LongestPath) return false;

        _tree.CopyPath(index, _path.AsSpan(0, length));
        _path[length] = 0;
        LinuxCalls.Status now;
        fixed (byte* path = _path)
        {
            if (LinuxCalls.Describe(_root, path, &now) != 0) return false;
        }

        ref readonly FileRecord then = ref _tree.Record(index);
        return then.IsRegular && now.Mode == then.Mode && now.Inode == then.Inode && now.Size == then.Size
            && Nanoseconds(now.ModifiedSeconds, now.ModifiedNanoseconds) == then.ModifiedNs
            && Nanoseconds(now.ChangedSeconds, now.ChangedNanoseconds) == then.ChangedNs;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_root >= 0) _ = LinuxCalls.close(_root);
    }

    private static long Nanoseconds(long seconds, uint nanoseconds) => (seconds * 1_000_000_000) + nanoseconds;
}
