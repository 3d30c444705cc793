namespace RePlexOn.Files;

/// <summary>
/// Tells whether a mirror that was scanned is as the last run left it: whatever in it is not as in the source must have
/// changed in the source since.
/// </summary>
/// <remarks>
/// Names, kinds, sizes and times are compared. Owner and mode are left aside: not every file system that holds copies
/// keeps them.
/// </remarks>
internal sealed class MirrorComparison(FileTree before, FileTree now, TreeDifference difference, FileTree mirror)
{
    // FAT keeps times to two seconds.
    private const long TimeToleranceNs = 2_000_000_000;

    private readonly bool[] _changedInSource = MarkChanged(now, difference);

    /// <summary>The first entry of the mirror that nothing in the source accounts for, for display; null where there is none.</summary>
    public string? FindUnaccounted()
    {
        if (mirror.Unreadable.Count > 0) return mirror.Unreadable[0].ToString();

        // Both trees are walked side by side; the place in the source of each folder of the mirror is kept.
        var placeOf = new int[mirror.Count];
        int here = 1, there = 1;
        while (here < now.Count || there < mirror.Count)
        {
            switch (Order(here, there, placeOf))
            {
                case < 0: // only in the source
                    if (!_changedInSource[here]) return now[here].ToString();
                    here = now.Record(here).End;
                    break;
                case > 0: // only in the mirror
                    if (before.IndexOf(mirror[there].Path) < 0) return mirror[there].ToString();
                    there = mirror.Record(there).End;
                    break;
                default:
                    if (!_changedInSource[here] && !LookAlike(now.Record(here), mirror.Record(there))) return now[here].ToString();
                    placeOf[there++] = here++;
                    break;
            }
        }

        return null;
    }

    private int Order(int here, int there, int[] placeOf)
    {
        if (here == now.Count) return 1;
        if (there == mirror.Count) return -1;

        // The side that has come out of the folder the other is still in has nothing more there.
        int folder = now.Record(here).Parent;
        int mirrored = placeOf[mirror.Record(there).Parent];
        return folder != mirrored ? mirrored.CompareTo(folder) : now.NameOf(here).SequenceCompareTo(mirror.NameOf(there));
    }

    private static bool LookAlike(in FileRecord one, in FileRecord other)
    {
        if (one.Kind != other.Kind || (one.IsRegular && one.Size != other.Size)) return false;
        return !(one.IsRegular || one.IsDirectory) || Math.Abs(one.ModifiedNs - other.ModifiedNs) <= TimeToleranceNs;
    }

    private static bool[] MarkChanged(FileTree now, TreeDifference difference)
    {
        var changed = new bool[now.Count];
        foreach (FileEntry entry in difference.Changed) changed[entry.Index] = true;
        foreach (FileEntry entry in difference.Suspect) changed[entry.Index] = true;
        return changed;
    }
}
