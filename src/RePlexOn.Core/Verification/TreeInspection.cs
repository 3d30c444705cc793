using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Holds all that lies in a tree against what is noted of it.</summary>
internal sealed class TreeInspection
{
    private readonly Inspection _inspection;
    private readonly BackupManifest _manifest;
    private readonly RecordedTree? _recorded;
    private readonly bool _byContent;
    private readonly FilePatterns _leftOut;
    private readonly Dictionary<string, CapturedDatabase> _databases;
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, FileSum> _unproven = [];

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
    /// <param name="source">Compared with where no sum is noted; null where it cannot help.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(UnchangedSource? source, CancellationToken cancellationToken)
    {
        RsyncResult result = await TreeReading.ReadAsync(
            _inspection.Rsync, _inspection.Tree, _byContent, _recorded?.SumKind ?? default, Take, cancellationToken);
        if (result.Incomplete)
        {
            foreach (string warning in result.Warnings) _inspection.Find(VerificationFindingKind.Unreadable, "", warning);
        }

        FindMissing();
        if (source is not null) await CompareWithSourceAsync(source, cancellationToken);
        _inspection.FilesUnproven += _unproven.Count;
    }

    private void Take(RsyncChange change)
    {
        string path = FileListPath.OfPrinted(change.PrintedPath);
        // In a dry run that does not compare by content, rsync has read nothing and prints any sum.
        var entry = new ListedEntry(change.Itemized[1], change.Bytes, _byContent ? change.Sum : null);
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
        else if (_byContent && entry.IsFile)
        {
            _inspection.FilesUnproven++;
        }
    }

    private void Compare(string path, ListedEntry expected, ListedEntry entry)
    {
        _seen.Add(path);
        if (expected.Kind == ListedEntry.Unsure) return;

        bool comparable = expected.Sum is { } sum && sum.Kind == entry.Sum?.Kind;
        string? difference =
            entry.Kind != expected.Kind ? "it is another kind of thing than what was backed up"
            : !entry.IsFile ? null
            : expected.Bytes is { } bytes && entry.Bytes != bytes ? $"it has {entry.Bytes} bytes in place of {bytes}"
            : comparable && entry.Sum != expected.Sum ? "its content is not what was backed up"
            : null;
        if (difference is not null) _inspection.Find(VerificationFindingKind.Different, path, difference);
        if (!_byContent || !entry.IsFile) return;

        if (comparable) _inspection.CountRead(entry.Bytes ?? 0);
        else if (difference is null) _unproven[path] = entry.Sum ?? default;
    }

    private async Task CompareWithSourceAsync(UnchangedSource source, CancellationToken cancellationToken)
    {
        if (_unproven.Count == 0) return;

        _inspection.Progress?.Report(new("comparing with the source"));
        FileSumKind kind = _unproven.First().Value.Kind;
        IReadOnlyDictionary<string, FileSum> originals = await TreeReading.SumsOfAsync(
            source.Folder, [.. _unproven.Keys.Where(source.Has)], kind, cancellationToken);
        foreach ((string path, FileSum original) in originals)
        {
            if (!_unproven.Remove(path, out FileSum sum)) continue;

            _inspection.CountRead(_recorded!.Entries[path].Bytes ?? 0);
            if (sum == original) continue;
            _inspection.Find(VerificationFindingKind.Different, path, "its content is not that of the source, which has not changed since");
        }
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
            if (_seen.Contains(path) || entry.Kind == ListedEntry.Unsure) continue;
            _inspection.Find(
                VerificationFindingKind.Missing, path, entry is { IsFile: true, Bytes: { } bytes } ? $"a file of {bytes} bytes is not there" : "it is not there");
        }
    }

    private void Count(ListedEntry entry)
    {
        _inspection.FilesChecked++;
        _inspection.BytesChecked += entry.Bytes ?? 0;
        _inspection.Progress?.Report(new(
            _byContent ? "the target is reading its files" : "looking at names and sizes", _inspection.BytesChecked, _manifest.Bytes));
    }

    private static bool IsOwn(string path) =>
        path == BackupManifest.Folder || path.StartsWith(BackupManifest.Folder + "/", StringComparison.Ordinal);
}
