namespace RePlexOn.Files;

/// <summary>Puts what the workers of a scan saw into one tree, in the order of a walk.</summary>
internal sealed class TreeAssembly
{
    private readonly ScanArena[] _arenas;
    private readonly FileRecord[] _records;
    private readonly byte[] _names;
    private readonly Stack<Level> _levels = new();
    private readonly List<(int Folder, string Reason)> _problems = [];
    private int _count;
    private int _nameEnd;

    private TreeAssembly(ScanArena[] arenas)
    {
        _arenas = arenas;
        var entries = 1;
        var nameBytes = 0L;
        foreach (var arena in arenas)
        {
            entries = checked(entries + arena.Count);
            nameBytes += arena.NameBytes;
        }
        _records = GC.AllocateUninitializedArray<FileRecord>(entries);
        _names = GC.AllocateUninitializedArray<byte>(checked((int)nameBytes));
    }

    /// <summary>Makes the tree.</summary>
    /// <param name="arenas">What each worker saw, by the workers' numbers.</param>
    /// <param name="root">The root's entry.</param>
    /// <param name="devices">The devices that the entries count.</param>
    /// <param name="unsettled">When the scan looked.</param>
    public static FileTree Build(ScanArena[] arenas, in FileRecord root, DeviceTable devices, TimeWindow unsettled)
    {
        var assembly = new TreeAssembly(arenas);
        assembly.Walk(in root);
        var unreadable = new int[assembly._problems.Count];
        for (var i = 0; i < unreadable.Length; i++)
            unreadable[i] = assembly._problems[i].Folder;
        var problems = new UnreadableFolder[unreadable.Length];
        var tree = new FileTree(
            assembly._records, assembly._count, assembly._names, devices.ToArray(), unsettled, unreadable, problems);
        for (var i = 0; i < unreadable.Length; i++)
            problems[i] = new UnreadableFolder(tree.PathOf(unreadable[i]), assembly._problems[i].Reason);
        return tree;
    }

    private void Walk(in FileRecord root)
    {
        Add(in root, [], parent: 0);
        while (_levels.TryPop(out var level))
        {
            if (level.Next == level.End)
            {
                _records[level.Folder].End = _count;
                continue;
            }
            ref readonly var record = ref level.Arena.Record(level.Next);
            _levels.Push(level with { Next = level.Next + 1 });
            if (!record.IsDirectory || record.End != ScanFolder.Vanished)
                Add(in record, level.Arena.Name(record.NameOffset), level.Folder);
        }
    }

    private void Add(in FileRecord seen, ReadOnlySpan<byte> name, int parent)
    {
        var index = _count++;
        ref var record = ref _records[index];
        record = seen;
        record.Parent = parent;
        record.End = _count;
        record.NameOffset = (uint)_nameEnd;
        name.CopyTo(_names.AsSpan(_nameEnd));
        _nameEnd += name.Length;
        if (!record.IsDirectory)
            return;
        var arena = _arenas[seen.End];
        var listing = arena.GetListing(seen.Parent);
        if (listing.Problem is not null)
            _problems.Add((index, listing.Problem));
        _levels.Push(new Level(arena, listing.Start, listing.End, index));
    }

    /// <summary>A folder on the way down: which of its entries comes next.</summary>
    private readonly record struct Level(ScanArena Arena, int Next, int End, int Folder);
}
