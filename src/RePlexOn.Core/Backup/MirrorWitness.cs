using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>
/// Looks whether a mirror is still as the last run left it, before a delta run builds on that. A local mirror is read
/// whole. Of a remote one the folders near the root are looked at and some hundred other entries, others each day: to
/// list all would cost what a delta run saves, and the regular full pass does it.
/// </summary>
internal sealed class MirrorWitness(IProgress<BackupProgress>? progress)
{
    // Only what is listed counts: the folders above may have changed in the source by right. And not every file system or
    // rsync keeps fractions of a second, or even single seconds.
    private static readonly string[] SampleArguments = ["--no-implied-dirs", "--modify-window=1"];

    private const int SampledEntries = 300;
    private const int FoldersNearRoot = 200;
    private const int DepthNearRoot = 3;

    /// <summary>Keeps the choice of a delta run, or turns it into a full pass where the mirror has changed.</summary>
    public async Task<PreparedMirror> ConfirmAsync(PreparedMirror prepared, CancellationToken cancellationToken)
    {
        if (prepared.Choice.Pass != MirrorPass.Delta) return prepared;

        progress?.Report(new(BackupPhase.Comparing, "looking whether the mirror is as the last run left it"));
        Task<string?> databases = FindChangedDatabaseAsync(prepared, cancellationToken);
        string? changed = prepared.Target is LocalTarget local
            ? FindChangedEntry(prepared, local, cancellationToken)
            : await FindChangedSampleAsync(prepared, cancellationToken);
        changed = await databases ?? changed;
        return changed is null ? prepared : prepared with
        {
            Choice = new(MirrorPass.Full, $"the mirror was changed since the last run: {changed}"),
        };
    }

    private static string? FindChangedEntry(PreparedMirror prepared, LocalTarget target, CancellationToken cancellationToken)
    {
        FilePatterns patterns = MirrorPatterns.InMirror(prepared.Configuration.Backup.Exclude);
        FileTree mirror = new TreeScanner(patterns).Scan(target.PathOf(TargetLayout.Mirror), cancellation: cancellationToken);
        return new MirrorComparison(prepared.Index.Tree!, prepared.Tree, prepared.Difference!, mirror).FindUnaccounted();
    }

    private static async Task<string?> FindChangedSampleAsync(PreparedMirror prepared, CancellationToken cancellationToken)
    {
        string? changed = null;
        await prepared.Rsync.SendAsync(
            new RsyncSend
            {
                SourceFolder = prepared.Source.Path,
                DestinationRelative = TargetLayout.Mirror,
                DryRun = true,
                ExtraArguments = SampleArguments,
                OnChange = change => changed ??= DisplayPath.Of(change.Path),
                WritePaths = ListedPaths.Of(Sample(prepared)),
            },
            progress: null, cancellationToken);
        return changed;
    }

    private static List<FileEntry> Sample(PreparedMirror prepared)
    {
        FileTree tree = prepared.Tree;
        bool[] expected = ExpectedToDiffer(tree, prepared.Difference!);
        var sample = new List<FileEntry>();
        for (int i = 1; i < tree.Count && sample.Count < FoldersNearRoot; i++)
        {
            if (tree[i].Kind == FileKind.Directory && tree.DepthOf(i) <= DepthNearRoot && !expected[i]) sample.Add(tree[i]);
        }

        int step = Math.Max(1, tree.Count / SampledEntries);
        int first = 1 + ((prepared.ScannedAt.UtcDateTime - DateTime.UnixEpoch).Days % step);
        for (int i = first; i < tree.Count; i += step)
        {
            // rsync keeps hard links only among the paths of one run: it would see a lone one as changed.
            if (!expected[i] && (tree[i].Kind == FileKind.Directory || tree[i].Links == 1)) sample.Add(tree[i]);
        }

        return sample;
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
