using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>
/// A folder of one run in which copies of databases and the manifest are made ready for rsync. It is removed when the
/// run ends; what a killed run left is removed by the next.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    private readonly string _path;
    private readonly StagedTree _manifest; // nothing else lies in it: its root goes along, with all that is in there
    private int _logs;

    private StagingArea(string path, FileTree source)
    {
        _path = path;
        Databases = new StagedTree(Path.Combine(path, "databases"), source);
        _manifest = new StagedTree(Path.Combine(path, "manifest"), source);
    }

    /// <summary>Where copies of the databases wait.</summary>
    public StagedTree Databases { get; }

    /// <summary>Where the list of a tree's files is made ready; it goes to the target with the manifest that names it.</summary>
    public string FileListPath => _manifest.PathFor(BackupManifest.FileListRelativePath);

    /// <summary>A folder laid out as a tree on the target, with nothing in it but the manifest and the list.</summary>
    public string ManifestFolder => _manifest.Path;

    /// <summary>A new file for rsync to note in what it does in one transfer.</summary>
    public string NewLogPath() => Path.Combine(_path, $"rsync-{Interlocked.Increment(ref _logs)}.log");

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

    /// <summary>Writes a manifest into a tree on the target, and gives that tree's root its attributes.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="tree">The tree, such as <c>plex-current/</c>.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="withList">Whether the list of the tree's files goes along, ahead of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendManifestAsync(
        RsyncClient rsync, string tree, BackupManifest manifest, bool withList, CancellationToken cancellationToken)
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
                    if (withList) paths.Add(BackupManifest.FileListRelativePath);
                    paths.Add(BackupManifest.RelativePath);
                },
            },
            progress: null, cancellationToken);
    }

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
