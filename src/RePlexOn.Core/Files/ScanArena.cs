namespace RePlexOn.Files;

/// <summary>
/// What one worker of a scan saw, in large blocks: the entries of each folder side by side, their names (closed by NUL)
/// in pinned memory, so that the system can be asked about them where they lie.
/// </summary>
internal sealed unsafe class ScanArena
{
    private const int RecordShift = 14;
    private const int RecordsInBlock = 1 << RecordShift;
    private const int NameShift = 20;
    private const int NameBlockSize = 1 << NameShift;

    private readonly List<FileRecord[]> _recordBlocks = [];
    private readonly List<byte[]> _nameBlocks = [];
    private readonly List<Listing> _listings = [];
    private int _nameEnd = NameBlockSize;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes their names take, without the NULs.</summary>
    public long NameBytes { get; private set; }

    /// <summary>Keeps a name and says where: what <see cref="Name"/> and <see cref="NamePointer"/> take.</summary>
    public uint AddName(ReadOnlySpan<byte> name)
    {
        if (_nameEnd + name.Length + 1 > NameBlockSize)
        {
            _nameBlocks.Add(GC.AllocateUninitializedArray<byte>(NameBlockSize, pinned: true));
            _nameEnd = 0;
        }
        var at = _nameEnd;
        var block = _nameBlocks[^1];
        name.CopyTo(block.AsSpan(at));
        block[at + name.Length] = 0;
        _nameEnd += name.Length + 1;
        return checked((uint)(((long)(_nameBlocks.Count - 1) << NameShift) | (uint)at));
    }

    /// <summary>Where a name lies in memory, closed by NUL.</summary>
    public byte* NamePointer(uint offset)
    {
        // The block is pinned from its birth, so its address holds.
        fixed (byte* start = _nameBlocks[(int)(offset >> NameShift)])
            return start + (offset & (NameBlockSize - 1));
    }

    public ReadOnlySpan<byte> Name(uint offset) =>
        System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NamePointer(offset));

    /// <summary>Room for one more entry: the block and the place in it.</summary>
    public ref FileRecord Add(out FileRecord[] block, out int slot)
    {
        slot = Count & (RecordsInBlock - 1);
        if (slot == 0)
            _recordBlocks.Add(new FileRecord[RecordsInBlock]);
        block = _recordBlocks[^1];
        Count++;
        return ref block[slot];
    }

    public ref readonly FileRecord Record(int index) =>
        ref _recordBlocks[index >> RecordShift][index & (RecordsInBlock - 1)];

    /// <summary>Notes that the entries from <paramref name="start"/> on are those of one folder; returns the note's number.</summary>
    public int AddListing(int start, string? problem)
    {
        for (var i = start; i < Count; i++)
            NameBytes += Record(i).NameLength;
        _listings.Add(new Listing(start, Count, problem));
        return _listings.Count - 1;
    }

    public Listing GetListing(int number) => _listings[number];

    /// <summary>The entries of one folder, and why they may not be all.</summary>
    public readonly record struct Listing(int Start, int End, string? Problem);
}
