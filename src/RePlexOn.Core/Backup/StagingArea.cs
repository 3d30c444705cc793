using RePlexOn.Files;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>
/// A folder of one run in which copies of databases and the manifest are made ready for rsync. It is removed when the
/// run ends; what a killed run left is removed by the next.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    private readonly string _path;
    private readonly StagedTree _manifest; // nothing else lies in it: its root goes along, with all that is in there

    private StagingArea(string path, FileTree source)
    {
        _path = path;
        Databases = new StagedTree(Path.Combine(path, "databases"), source);
        _manifest = new StagedTree(Path.Combine(path, "manifest"), source);
    }

    /// <summary>Where copies of the databases wait.</summary>
    public StagedTree Databases { get; }


    /// <summary>Makes an empty staging area with room for the databases, readable by its owner alone.</summary>
    /// <exception cref="RePlexOnException"><c>StagingFull</c>, <c>StagingNotWritable</c>.</exception>
    public static StagingArea Create(PreparedMirror prepared)
    {
        string stagingDirectory = prepared.Configuration.StagingDirectory;
        StagingRoom.Measure(stagingDirectory, prepared.Databases).EnsureEnough();
        string path = Path.Combine(stagingDirectory, "run");
        try
        {
            Directory.CreateDirectory(stagingDirectory, PrivateMode.Folder);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path, PrivateMode.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "StagingNotWritable", ExitCode.Usage,
                $"The staging folder {path} cannot be made ready: {e.Message}",
                "Set `stagingDirectory` to a folder on a disk with room for the databases, writable by the user RePlexOn runs as.",
                e);
        }

        return new StagingArea(path, prepared.Tree);
    }

    /// <summary>Begins the list of what a run puts into a tree; it goes to the target with a manifest that names it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="wholeTree">Whether every entry of the tree will be noted.</param>
    public FileListWriter BeginFileList(string runId, bool wholeTree) =>
        new(_manifest.PathFor(PathOfList(FileListOf(runId))), wholeTree);

    /// <summary>The name of a run's list, as manifests name it.</summary>
    public static string FileListOf(string runId) => $"files-{runId}.gz";

    /// <summary>Writes a manifest into a tree on the target, and gives that tree's root its attributes.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="tree">The tree, such as <c>plex-current/</c>.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendManifestAsync(RsyncClient rsync, string tree, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(_manifest.PathFor(BackupManifest.RelativePath), manifest.ToJson(), cancellationToken);
        _manifest.MatchFolders("");
        await rsync.SendAsync(
            new RsyncSend
            {
                SourceFolder = _manifest.Path,
                DestinationRelative = tree,
                Comparison = RsyncComparison.Always,
                WritePaths = paths =>
                {
                    paths.Add("");
                    paths.Add(BackupManifest.Folder);
                    foreach (string list in manifest.FileLists)
                    {
                        // Those of earlier runs are there already.
                        if (File.Exists(Path.Combine(_manifest.Path, PathOfList(list)))) paths.Add(PathOfList(list));
                    }

                    // By its name too it comes after the lists.
                    paths.Add(BackupManifest.RelativePath);
                },
            },
            progress: null, cancellationToken);
    }

    private static string PathOfList(string name) => $"{BackupManifest.Folder}/{name}";

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run clears it away; a good backup must not fail for it.
        }
    }
}
