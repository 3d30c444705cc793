namespace RePlexOn.Files;

/// <summary>
/// What has to go to rsync to bring a mirror of one tree to the state of a later one: <see cref="Changed"/>, then
/// <see cref="Vanished"/> to be removed, then <see cref="Suspect"/> to be compared by content.
/// </summary>
public sealed class TreeDifference
{
    private readonly EntryList _changed;
    private readonly EntryList _suspect;
    private readonly EntryList _vanished;

    internal TreeDifference(EntryList changed, EntryList suspect, EntryList vanished, long vanishedEntries)
    {
        _changed = changed;
        _suspect = suspect;
        _vanished = vanished;
        VanishedEntries = vanishedEntries;
        Count(changed);
        Count(suspect);
    }

    /// <summary>
    /// Entries that are new or of another kind, regular files of another size or another second of modification, and
    /// all others of which anything differs.
    /// </summary>
    public IReadOnlyList<FileEntry> Changed => _changed;

    /// <summary>
    /// Regular files that look the same to rsync although their content may differ: modified within the same second (its
    /// quick check compares no finer), another change time, inode, mode or owner, or a change so close to the last scan that
    /// its time stamp proves nothing. And every name of a file with several names of which any differs, came or went: rsync
    /// keeps hard links only among the paths of one call.
    /// </summary>
    public IReadOnlyList<FileEntry> Suspect => _suspect;

    /// <summary>
    /// Entries of the earlier tree that are gone; of a vanished folder the folder alone. What lay beneath a folder that could
    /// not be read this time is not among them.
    /// </summary>
    public IReadOnlyList<FileEntry> Vanished => _vanished;

    /// <summary>Regular files that changed or are suspect: the most whose content will be sent.</summary>
    public long ChangedFiles { get; private set; }

    /// <summary>Size of those files in bytes: the most that will be sent.</summary>
    public long ChangedBytes { get; private set; }

    /// <summary>All entries that are gone, those beneath vanished folders too.</summary>
    public long VanishedEntries { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _changed.Count == 0 && _suspect.Count == 0 && _vanished.Count == 0;

    /// <summary>Compares two scans of one root. Without an earlier one, everything is new.</summary>
    public static TreeDifference Compare(FileTree? before, FileTree now) => new TreeComparison(before, now).Run();

    private void Count(EntryList entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind != FileKind.File)
                continue;
            ChangedFiles++;
            ChangedBytes += entry.Size;
        }
    }
}
