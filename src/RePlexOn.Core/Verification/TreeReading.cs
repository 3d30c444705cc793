using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Has rsync tell what is in a tree: against an empty folder it would send each entry, so in a dry run it names each. The
/// machine that holds the tree reads it; over the network go names, sizes and, if asked for, sums.
/// </summary>
internal static class TreeReading
{
    /// <summary>Reads a tree of the target.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="tree">The tree below its folder.</param>
    /// <param name="byContent">Whether to read contents and tell their sums.</param>
    /// <param name="sums">The kind of sum that is wanted.</param>
    /// <param name="onEntry">Gets each entry.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<RsyncResult> ReadAsync(
        RsyncClient rsync, string tree, bool byContent, FileSumKind sums, Action<RsyncChange> onEntry, CancellationToken cancellationToken)
    {
        using var empty = new TemporaryFolder();
        return await rsync.ReceiveAsync(Dry(tree, empty, byContent, sums, onEntry), progress: null, cancellationToken);
    }

    /// <summary>Reads files of a folder of this machine.</summary>
    /// <param name="folder">Its full path.</param>
    /// <param name="paths">The files, as lists spell them.</param>
    /// <param name="sums">The kind of sum.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The sums of those that could be read, by path.</returns>
    public static async Task<IReadOnlyDictionary<string, FileSum>> SumsOfAsync(
        string folder, IReadOnlyCollection<string> paths, FileSumKind sums, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, FileSum>(paths.Count);
        if (paths.Count == 0) return found;

        using var empty = new TemporaryFolder();
        var rsync = new RsyncClient(new ProgramRunner(), new LocalTarget(folder, new TargetOptions()));
        RsyncReceive receive = Dry("", empty, byContent: true, sums, change =>
        {
            if (change.Sum is { } sum) found[FileListPath.OfPrinted(change.PrintedPath)] = sum;
        });
        await rsync.ReceiveAsync(
            receive with
            {
                WritePaths = list =>
                {
                    foreach (string path in paths) list.Add(FileListPath.Bytes(path));
                },
            },
            progress: null, cancellationToken);
        return found;
    }

    private static RsyncReceive Dry(string tree, TemporaryFolder empty, bool byContent, FileSumKind sums, Action<RsyncChange> onEntry) => new()
    {
        SourceRelative = tree,
        DestinationFolder = empty.Path,
        DryRun = true,
        Comparison = byContent ? RsyncComparison.Content : RsyncComparison.SizeAndTime,
        Sums = sums,
        OnChange = onEntry,
    };
}
