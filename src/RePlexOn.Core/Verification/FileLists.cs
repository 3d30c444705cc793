using RePlexOn.Backup;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Fetches the lists that a manifest names.</summary>
internal static class FileLists
{
    /// <summary>What the lists say is in the tree.</summary>
    /// <param name="inspection">The tree; what is wrong with its lists is noted there.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="folder">An empty folder to fetch them to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where they do not tell.</returns>
    public static async Task<RecordedTree?> ReadAsync(
        Inspection inspection, BackupManifest manifest, string folder, CancellationToken cancellationToken)
    {
        inspection.Progress?.Report(new("reading the lists of what was backed up"));
        await FetchAsync(inspection.Rsync, inspection.Tree, manifest.FileLists, folder, cancellationToken);
        string[] lacking = [.. manifest.FileLists.Where(name => !File.Exists(Path.Combine(folder, name)))];
        if (lacking.Length > 0 && inspection.Tree != TargetLayout.Mirror)
        {
            await FetchAsync(inspection.Rsync, TargetLayout.Mirror, lacking, folder, cancellationToken);
        }

        var recorded = new RecordedTree();
        foreach (string name in manifest.FileLists)
        {
            try
            {
                await using FileStream list = File.OpenRead(Path.Combine(folder, name));
                recorded.Apply(list);
            }
            catch (Exception e) when (e is FileNotFoundException or InvalidDataException)
            {
                inspection.Find(
                    VerificationFindingKind.ListDamaged, $"{BackupManifest.Folder}/{name}",
                    e is FileNotFoundException ? "the list of what a run backed up is not there" : $"the list of what a run backed up is damaged: {e.Message}");
                return null;
            }
        }

        if (recorded.IsWhole) return recorded;

        inspection.Find(
            VerificationFindingKind.ListDamaged, BackupManifest.RelativePath,
            "it names no list that goes back to the first run, so there is nothing to hold the files against");
        return null;
    }

    private static async Task FetchAsync(
        RsyncClient rsync, string tree, IReadOnlyList<string> names, string folder, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return;
        await rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = $"{tree}{BackupManifest.Folder}/",
                DestinationFolder = folder,
                WritePaths = paths =>
                {
                    foreach (string name in names) paths.Add(name);
                },
            },
            progress: null, cancellationToken);
    }
}
