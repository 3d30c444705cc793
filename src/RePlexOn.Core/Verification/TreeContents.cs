using System.Text;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// What lies in a tree on the target: what lay there before, and on top of that what rsync says that it has done. What it
/// says nothing of is as it was, whatever the source has become.
/// </summary>
/// <param name="scan">The scan of the source that the run works from.</param>
internal sealed class TreeContents(FileTree scan)
{
    private static readonly ListedEntry Unsure = new(ListedEntry.Unsure, null, null);

    private readonly PathTable _places = new(scan);
    private readonly ContentSlot[] _slots = new ContentSlot[scan.Count];
    private readonly SortedDictionary<string, ListedEntry> _others = new(StringComparer.Ordinal); // not in the scan

    /// <summary>The kind of the sums.</summary>
    public FileSumKind SumKind { get; private set; }

    /// <summary>Takes over what a list says.</summary>
    /// <param name="list">The list as it is stored.</param>
    /// <param name="keepOthers">Whether what the scan has not seen may be there too.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void CarryOver(Stream list, bool keepOthers)
    {
        IsAsCarriedOver = true;
        SumKind = FileListReader.Read(list, (path, entry) =>
        {
            int place = _places.IndexOf(FileListPath.Bytes(path));
            if (place > 0) _slots[place] = new(entry, entry.Kind != ListedEntry.Unsure, isTold: false);
            else if (keepOthers) _others[path] = Unsure;
            IsAsCarriedOver &= place > 0;
        });
    }

    /// <summary>How many entries are sure to be there, the root among them.</summary>
    public int EntriesThere => 1 + _slots.Count(slot => slot.IsThere) + _others.Values.Count(entry => entry.Kind != ListedEntry.Unsure);

    /// <summary>Whether the list that was taken over is this tree's too: it names nothing else, and rsync has told nothing since.</summary>
    public bool IsAsCarriedOver { get; private set; }

    /// <summary>Takes nothing as being there until it is told anew. Sums stay, for those that are told as unchanged.</summary>
    public void AskAgain()
    {
        IsAsCarriedOver = false;
        _others.Clear();
        for (int i = 0; i < _slots.Length; i++) _slots[i] = new(_slots[i].Entry(SumKind), isThere: false, isTold: false);
    }

    /// <summary>Takes what has not changed since the last run's index as being there, with contents unknown.</summary>
    public void AssumeUnchanged(TreeDifference difference)
    {
        for (int i = 1; i < scan.Count; i++)
        {
            _slots[i] = new(ListedEntry.Of(scan.Record(i)), isThere: true, isTold: false);
        }

        foreach (FileEntry entry in difference.Changed) _slots[entry.Index] = default;
    }

    /// <summary>Takes what rsync did with a path.</summary>
    /// <param name="record">Its note.</param>
    public void Take(in RsyncRecord record)
    {
        ReadOnlySpan<byte> printed = record.PrintedPath.TrimEnd((byte)'/');
        if (printed.SequenceEqual("."u8)) return;
        IsAsCarriedOver = false;
        if (record.Sum is { } sum && sum.Kind != SumKind) DropSums(sum.Kind);

        // rsync writes control characters by their numbers; some versions write them as they are.
        bool escaped = printed.IndexOf("\\#"u8) >= 0;
        ReadOnlySpan<byte> path = escaped ? RsyncNames.UnescapeBytes(printed) : printed;
        int place = _places.IndexOf(path);
        if (place < 0 && escaped) place = _places.IndexOf(printed);

        if (place < 0) TakeOther(record, FileListPath.Of(path));
        else if (record.IsDeleted) _slots[place] = ContentSlot.Gone;
        else _slots[place] = new(Listed(record, record.IsSent ? null : _slots[place].SumIfOf(record.Bytes, SumKind)), isThere: true, isTold: true);
    }

    /// <summary>
    /// Takes a folder of the scan as being there, with those above it: of one that another transfer has made meanwhile rsync
    /// says nothing.
    /// </summary>
    /// <param name="path">Its path below the root.</param>
    public void TakeFolder(string path)
    {
        for (string? folder = path; folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            int place = scan.IndexOf(Encoding.UTF8.GetBytes(folder));
            if (place > 0 && scan.Record(place).IsDirectory) _slots[place] = new(ListedEntry.Of(scan.Record(place)), isThere: true, isTold: true);
        }
    }

    /// <summary>
    /// Takes back size and content of what was told, where the source is not as it was scanned: rsync notes the size that a
    /// file had when it was listed, and sends what it holds later.
    /// </summary>
    /// <param name="source">The source as it is now.</param>
    public void Doubt(ScannedSource source)
    {
        for (int i = 1; i < scan.Count; i++)
        {
            if (_slots[i] is { IsFile: true, IsTold: true } && !source.IsUnchanged(i)) _slots[i] = new(new('f', null, null), isThere: true, isTold: true);
        }
    }

    /// <summary>Gives the names of a file with several the sum that one of them has: rsync sends it once.</summary>
    public void ShareSums()
    {
        var known = new Dictionary<(ulong Device, ulong Inode), int>();
        for (int i = 1; i < scan.Count; i++)
        {
            if (scan.Record(i).IsHardLinked && _slots[i] is { IsThere: true, IsUnproven: false }) known.TryAdd(InodeOf(i), i);
        }

        for (int i = 1; i < scan.Count; i++)
        {
            if (!scan.Record(i).IsHardLinked || !_slots[i].IsUnproven || !known.TryGetValue(InodeOf(i), out int other)) continue;
            ListedEntry entry = _slots[i].Entry(SumKind);
            if (entry.Bytes is { } bytes && _slots[other].SumIfOf(bytes, SumKind) is not null) _slots[i] = _slots[other];
        }
    }

    /// <summary>Some files that are there with a content of which nothing is known, and with which this run had nothing to do.</summary>
    /// <param name="most">How many at the most.</param>
    public IReadOnlyList<FileEntry> Unproven(int most) =>
    [
        .. Enumerable.Range(0, scan.Count).Where(i => _slots[i] is { IsUnproven: true, IsTold: false } && scan[i] is { Kind: FileKind.File, Links: 1 })
            .Take(most).Select(i => scan[i]),
    ];

    /// <summary>Writes the list of it.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="othersMayStay">Whether what the source no longer has may still be there.</param>
    public void Write(string path, bool othersMayStay)
    {
        using var list = new FileListWriter(path, SumKind);
        var buffer = new byte[LinuxCalls.LongestPath];
        for (int i = 1; i < scan.Count; i++)
        {
            if (_slots[i].IsGone) continue;
            int length = scan.PathLength(i);
            if (length > buffer.Length) continue; // rsync takes no such path

            scan.CopyPath(i, buffer.AsSpan(0, length));
            list.Add(_slots[i].IsThere ? _slots[i].Entry(SumKind) : Unsure, buffer.AsSpan(0, length));
        }

        foreach ((string other, ListedEntry entry) in _others)
        {
            if (othersMayStay || entry.Kind != ListedEntry.Unsure) list.Add(entry, FileListPath.Bytes(other));
        }
    }

    // Where rsync has no sum it has not sent the file: its content is what it was.
    private static ListedEntry Listed(in RsyncRecord record, FileSum? before) =>
        record.Kind == 'f' ? new('f', record.Bytes, record.Sum ?? before) : new(record.Kind, 0, null);

    // It came into being after the scan, so nothing tells whether it has stayed the same since it was sent.
    private void TakeOther(in RsyncRecord record, string path)
    {
        if (record.IsDeleted) _others.Remove(path);
        else if (record.IsSent) _others[path] = new('f', null, null);
        else _others[path] = Listed(record, before: null);
    }

    // The far side has another rsync now. One list has one kind, or nothing could be told from it by one reading.
    private void DropSums(FileSumKind now)
    {
        SumKind = now;
        for (int i = 0; i < _slots.Length; i++) _slots[i] = _slots[i].WithoutSum();
        foreach (string path in _others.Keys.ToArray()) _others[path] = _others[path] with { Sum = null };
    }

    private (ulong Device, ulong Inode) InodeOf(int index)
    {
        ref readonly FileRecord record = ref scan.Record(index);
        return (scan.DeviceOf(record), record.Inode);
    }
}
