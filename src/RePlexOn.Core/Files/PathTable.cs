namespace RePlexOn.Files;

/// <summary>Finds entries of a tree by their paths, in one step each however many entries a folder has.</summary>
internal sealed class PathTable
{
    // FNV-1a: the hash of a path goes on from that of its folder.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly FileTree _tree;
    private readonly Dictionary<ulong, int> _places;
    private readonly bool _someCollide;

    public PathTable(FileTree tree)
    {
        _tree = tree;
        _places = new Dictionary<ulong, int>(tree.Count);
        var hashes = new ulong[tree.Count];
        for (var i = 0; i < tree.Count; i++)
        {
            var parent = tree.Record(i).Parent;
            hashes[i] = i == 0 ? Basis : Append(parent == 0 ? Basis : Append(hashes[parent], "/"u8), tree.NameOf(i));
            _someCollide |= !_places.TryAdd(hashes[i], i);
        }
    }

    /// <summary>Where a path stands in the tree, or -1. The empty path is the root.</summary>
    public int IndexOf(ReadOnlySpan<byte> path)
    {
        if (!_places.TryGetValue(Append(Basis, path), out var place))
            return -1;
        if (_tree.PathLength(place) == path.Length)
        {
            Span<byte> found = path.Length <= LinuxCalls.LongestPath ? stackalloc byte[path.Length] : new byte[path.Length];
            _tree.CopyPath(place, found);
            if (found.SequenceEqual(path))
                return place;
        }
        return _someCollide ? _tree.IndexOf(path) : -1;
    }

    private static ulong Append(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            hash = (hash ^ value) * Prime;
        return hash;
    }
}
