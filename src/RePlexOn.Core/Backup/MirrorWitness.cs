using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>
/// Looks whether a mirror is still as the last run left it, before a delta run builds on that. Every folder is looked
/// at, so that nothing can come, go or be renamed unseen, and a seventh of the files, another one each day, so that
/// each is looked at once a week.
/// </summary>
internal sealed class MirrorWitness(IProgress<BackupProgress>? progress)
{
    private const int Parts = 7;

    /// <summary>Keeps the choice of a delta run, or turns it into a full pass by content where the mirror has changed.</summary>
    public async Task<PreparedMirror> ConfirmAsync(PreparedMirror prepared, CancellationToken cancellationToken)
    {
        if (prepared.Choice.Pass != MirrorPass.Delta) return prepared;

        progress?.Report(new(BackupPhase.Comparing, "looking whether the mirror is as the last run left it"));
        Task<string?> files = FindChangedFileAsync(prepared, cancellationToken);
        Task<string?> databases = FindChangedDatabaseAsync(prepared, cancellationToken);
        string? changed = await files ?? await databases;
        return changed is null ? prepared : prepared with
        {
            Choice = new(MirrorPass.FullByContent, $"the mirror was changed since the last run ({changed})"),
            Difference = null,
        };
    }

    private static async Task<string?> FindChangedFileAsync(PreparedMirror prepared, CancellationToken cancellationToken)
    {
        bool[] expected = ExpectedToDiffer(prepared.Tree, prepared.Difference!);
        int part = (prepared.ScannedAt.UtcDateTime - DateTime.UnixEpoch).Days % Parts;
        string? changed = null;
        await prepared.Rsync.SendAsync(
            new RsyncSend
            {
                SourceFolder = prepared.Source.Path,
                DestinationRelative = TargetLayout.Mirror,
                DryRun = true,
                OnChange = change => changed ??= change.Path,
                WritePaths = paths =>
                {
                    for (int i = 1; i < prepared.Tree.Count; i++)
                    {
                        FileEntry entry = prepared.Tree[i];
                        bool looked = entry.Kind == FileKind.Directory || (entry.Links == 1 && i % Parts == part);
                        if (looked && !expected[i]) paths.Add(entry.Path);
                    }
                },
            },
            progress: null, cancellationToken);
        return changed;
    }

    // What changed in the source differs from the mirror by right.
    private static bool[] ExpectedToDiffer(FileTree tree, TreeDifference difference)
    {
        var expected = new bool[tree.Count];
        foreach (FileEntry entry in difference.Changed) expected[entry.Index] = true;
        foreach (FileEntry entry in difference.Suspect) expected[entry.Index] = true;
        return expected;
    }

    // The databases are not among the scanned files: their copies are told by size and the second of their capture.
    private static async Task<string?> FindChangedDatabaseAsync(PreparedMirror prepared, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteEntry> there = await prepared.Rsync.ListAsync(
            TargetLayout.Mirror + PlexDatabaseFiles.FolderRelativePath, cancellationToken);
        return prepared.Mirror.Manifest!.Databases.FirstOrDefault(database => !there.Any(entry =>
            entry.Name == Path.GetFileName(database.Path)
            && entry.Bytes == database.Bytes
            && entry.ModifiedAt.ToUnixTimeSeconds() == database.CapturedAt.ToUnixTimeSeconds()))?.Path;
    }
}
