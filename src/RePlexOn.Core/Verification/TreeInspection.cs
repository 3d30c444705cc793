using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Holds all that lies in a tree against what is noted of it. The machine that holds the tree reads it: over the
/// network go names, sizes and, if asked for, sums.
/// </summary>
internal sealed class TreeInspection
{
    private readonly Inspection _inspection;
    private readonly BackupManifest _manifest;
    private readonly RecordedTree? _recorded;
    private readonly bool _byContent;
    private readonly FilePatterns _leftOut;
    private readonly Dictionary<string, CapturedDatabase> _databases;
    private readonly HashSet<string> _seen = [];

    /// <summary>Prepares the inspection.</summary>
    /// <param name="inspection">The tree, and where findings go.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="recorded">What should be in it; null where that is not known, and only counted then.</param>
    /// <param name="byContent">Whether contents are compared too.</param>
    public TreeInspection(Inspection inspection, BackupManifest manifest, RecordedTree? recorded, bool byContent)
    {
        _inspection = inspection;
        _manifest = manifest;
        _recorded = recorded;
        _byContent = byContent;
        _leftOut = MirrorPatterns.InMirror(inspection.Configuration.Backup.Exclude);
        _databases = manifest.Databases.ToDictionary(database => FileListPath.Of(System.Text.Encoding.UTF8.GetBytes(database.Path)));
    }

    /// <summary>Makes the inspection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var empty = new TemporaryFolder();
        RsyncResult result = await _inspection.Rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = _inspection.Tree,
                DestinationFolder = empty.Path,
                DryRun = true,
                Comparison = _byContent ? RsyncComparison.Content : RsyncComparison.SizeAndTime,
                OnChange = Take,
            },
            progress: null, cancellationToken);
        if (result.Incomplete)
        {
            foreach (string warning in result.Warnings) _inspection.Find(VerificationFindingKind.Unreadable, "", warning);
        }

        FindMissing();
    }

    // Against an empty folder, rsync would send each entry of the tree: so it tells of each.
    private void Take(RsyncChange change)
    {
        string path = FileListPath.OfPrinted(change.PrintedPath);
        var entry = new ListedEntry(change.Itemized[1], change.Bytes, change.Md5);
        if (path.Length == 0 || IsOwn(path)) return;

        if (entry.IsFile) Count(entry);
        if (_databases.TryGetValue(path, out CapturedDatabase? database))
        {
            _seen.Add(path);
            if (!entry.IsFile || entry.Bytes != database.Bytes)
            {
                _inspection.Find(
                    VerificationFindingKind.DatabaseDamaged, path, $"it has {entry.Bytes} bytes in place of {database.Bytes}");
            }
        }
        else if (_recorded is not null)
        {
            if (_recorded.Entries.TryGetValue(path, out ListedEntry expected)) Compare(path, expected, entry);
            else FindForeign(path, entry);
        }
    }

    private void Compare(string path, ListedEntry expected, ListedEntry entry)
    {
        _seen.Add(path);
        string? difference =
            entry.Kind != expected.Kind ? "it is another kind of thing than what was backed up"
            : !entry.IsFile ? null
            : entry.Bytes != expected.Bytes ? $"it has {entry.Bytes} bytes in place of {expected.Bytes}"
            : _byContent && expected.Md5 is { } md5 && entry.Md5 != md5 ? "its content is not what was backed up"
            : null;
        if (difference is not null) _inspection.Find(VerificationFindingKind.Different, path, difference);
        if (!_byContent || !entry.IsFile) return;

        if (expected.Md5 is null) _inspection.FilesUnproven++;
        else _inspection.CountRead(entry.Bytes);
    }

    private void FindForeign(string path, ListedEntry entry)
    {
        if (_leftOut.Excludes(FileListPath.Bytes(path), entry.Kind == 'd')) return;
        _inspection.Find(VerificationFindingKind.Foreign, path, "no backup has put it there");
    }

    private void FindMissing()
    {
        foreach (string path in _databases.Keys.Where(path => !_seen.Contains(path)))
        {
            _inspection.Find(VerificationFindingKind.Missing, path, "the database is not there");
        }

        if (_recorded is null)
        {
            if (_inspection.FilesChecked == _manifest.Files && _inspection.BytesChecked == _manifest.Bytes) return;
            _inspection.Find(
                VerificationFindingKind.CountDiffers, "",
                $"it holds {_inspection.FilesChecked} files with {_inspection.BytesChecked} bytes, and the manifest says "
                + $"{_manifest.Files} with {_manifest.Bytes}");
            return;
        }

        foreach ((string path, ListedEntry entry) in _recorded.Entries)
        {
            if (_seen.Contains(path) || _databases.ContainsKey(path)) continue;
            _inspection.Find(
                VerificationFindingKind.Missing, path, entry.IsFile ? $"a file of {entry.Bytes} bytes is not there" : "it is not there");
        }
    }

    private void Count(ListedEntry entry)
    {
        _inspection.FilesChecked++;
        _inspection.BytesChecked += entry.Bytes;
        _inspection.Progress?.Report(new(
            _byContent ? "the target is reading its files" : "looking at names and sizes", _inspection.BytesChecked, _manifest.Bytes));
    }

    private static bool IsOwn(string path) =>
        path == BackupManifest.Folder || path.StartsWith(BackupManifest.Folder + "/", StringComparison.Ordinal);
}
