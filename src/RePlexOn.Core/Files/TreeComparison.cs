namespace RePlexOn.Files;

/// <summary>One walk through two trees side by side.</summary>
internal sealed class TreeComparison
{
    private enum Verdict : byte
    {
        Same,
        Changed,
        Suspect,

        /// <summary>A regular file that differs in its inode number alone.</summary>
        OtherInode,
    }

    private readonly FileTree? _before;
    private readonly FileTree _now;
    private readonly Verdict[] _verdicts;
    private readonly List<int> _vanished = [];
    private readonly HashSet<(ulong Device, ulong Inode)> _touchedGroups = [];
    private long _vanishedEntries;
    private long _filesInBoth;

    public TreeComparison(FileTree? before, FileTree now)
    {
        _before = before;
        _now = now;
        _verdicts = new Verdict[now.Count];
    }

    public TreeDifference Run()
    {
        if (_before is null)
            TakeNew(0);
        else
            CompareEntry(_before, 0, 0);
        WeighInodes();
        if (_touchedGroups.Count > 0)
            SuspectTouchedGroups();
        return new TreeDifference(
            new EntryList(_now, Collect(Verdict.Changed)),
            new EntryList(_now, Collect(Verdict.Suspect)),
            new EntryList(_before ?? _now, [.. _vanished]),
            _vanishedEntries);
    }

    private void CompareEntry(FileTree before, int old, int current)
    {
        ref readonly var was = ref before.Record(old);
        ref readonly var now = ref _now.Record(current);
        var verdict = Judge(in was, in now, before.Unsettled);
        _verdicts[current] = verdict;
        if (verdict != Verdict.Same)
        {
            TouchGroup(before, in was);
            TouchGroup(_now, in now);
        }
        if (was.IsDirectory && now.IsDirectory)
            CompareFolders(before, old, current);
        else if (was.IsDirectory)
            // rsync --force clears the folder away to make room, so what was beneath it needs no mention.
            LoseBeneath(before, old);
        else if (now.IsDirectory)
            for (var child = current + 1; child < now.End; child = _now.Record(child).End)
                TakeNew(child);
        else if (was.IsRegular && now.IsRegular)
            _filesInBoth++;
    }

    private void CompareFolders(FileTree before, int oldFolder, int currentFolder)
    {
        var old = oldFolder + 1;
        var current = currentFolder + 1;
        var oldEnd = before.Record(oldFolder).End;
        var currentEnd = _now.Record(currentFolder).End;
        while (old < oldEnd || current < currentEnd)
        {
            var order = old == oldEnd ? 1
                : current == currentEnd ? -1
                : before.NameOf(old).SequenceCompareTo(_now.NameOf(current));
            if (order > 0)
                TakeNew(current);
            else if (order < 0)
                Lose(before, old, currentFolder);
            else
                CompareEntry(before, old, current);
            if (order <= 0)
                old = before.Record(old).End;
            if (order >= 0)
                current = _now.Record(current).End;
        }
    }

    private void TakeNew(int top)
    {
        for (var i = top; i < _now.Record(top).End; i++)
        {
            _verdicts[i] = Verdict.Changed;
            TouchGroup(_now, in _now.Record(i));
        }
    }

    private void Lose(FileTree before, int top, int currentFolder)
    {
        if (_now.IsUnreadable(currentFolder))
            return;
        _vanished.Add(top);
        _vanishedEntries++;
        TouchGroup(before, in before.Record(top));
        LoseBeneath(before, top);
    }

    private void LoseBeneath(FileTree before, int folder)
    {
        var end = before.Record(folder).End;
        _vanishedEntries += end - folder - 1;
        for (var i = folder + 1; i < end; i++)
            TouchGroup(before, in before.Record(i));
    }

    private void TouchGroup(FileTree tree, in FileRecord record)
    {
        if (record.IsHardLinked)
            _touchedGroups.Add((tree.DeviceOf(in record), record.Inode));
    }

    /// <summary>
    /// The device is no part of it: its number may be another one after a reboot. The inode number of anything but a regular
    /// file is none either: a link or folder made anew has a new change time. Modification times that differ within one
    /// second make a file suspect only, for rsync's quick check compares whole seconds.
    /// </summary>
    private static Verdict Judge(in FileRecord was, in FileRecord now, TimeWindow unsettled)
    {
        if (was.Kind != now.Kind)
            return Verdict.Changed;
        if (now.IsRegular && (was.Size != now.Size || Seconds(was.ModifiedNs) != Seconds(now.ModifiedNs)))
            return Verdict.Changed;
        var isDoubtful = was.ModifiedNs != now.ModifiedNs || was.ChangedNs != now.ChangedNs || was.Mode != now.Mode
            || was.UserId != now.UserId || was.GroupId != now.GroupId
            || unsettled.Contains(was.ChangedNs) || unsettled.Contains(was.ModifiedNs);
        if (isDoubtful)
            return now.IsRegular ? Verdict.Suspect : Verdict.Changed;
        return now.IsRegular && was.Inode != now.Inode ? Verdict.OtherInode : Verdict.Same;
    }

    private static long Seconds(long ns) => Math.DivRem(ns, 1_000_000_000, out var rest) - (rest < 0 ? 1 : 0);

    /// <summary>
    /// A file put in the place of another has an inode number of its own, so it is suspect. But FUSE and some network file
    /// systems number inodes anew at each mount; where more than half of all files differ in nothing else, it says nothing.
    /// </summary>
    private void WeighInodes()
    {
        var otherInodes = 0L;
        foreach (var verdict in _verdicts)
            if (verdict == Verdict.OtherInode)
                otherInodes++;
        if (otherInodes == 0)
            return;
        var meaning = otherInodes * 2 > _filesInBoth ? Verdict.Same : Verdict.Suspect;
        for (var i = 0; i < _verdicts.Length; i++)
            if (_verdicts[i] == Verdict.OtherInode)
                _verdicts[i] = meaning;
    }

    private void SuspectTouchedGroups()
    {
        for (var i = 0; i < _verdicts.Length; i++)
        {
            ref readonly var record = ref _now.Record(i);
            if (record.IsHardLinked && _touchedGroups.Contains((_now.DeviceOf(in record), record.Inode)))
                _verdicts[i] = Verdict.Suspect;
        }
    }

    private int[] Collect(Verdict wanted)
    {
        var count = 0;
        foreach (var verdict in _verdicts)
            if (verdict == wanted)
                count++;
        var indices = new int[count];
        for (var i = _verdicts.Length - 1; count > 0; i--)
            if (_verdicts[i] == wanted)
                indices[--count] = i;
        return indices;
    }
}
