using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>
/// A folder of one run in which copies of databases and the manifest are made ready for rsync. It is removed when the
/// run ends; what a killed run left is removed by the next.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    /// <summary>Mode of folders that nobody else may look into: databases hold names and watch histories.</summary>
    public const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;

    private StagingArea(string path, FileTree source)
    {
        _path = path;
        Databases = new StagedTree(Path.Combine(path, "databases"), source);
        Manifest = new StagedTree(Path.Combine(path, "manifest"), source);
    }

    /// <summary>Where copies of the databases wait.</summary>
    public StagedTree Databases { get; }

    /// <summary>Where the manifest waits; nothing else lies in it.</summary>
    public StagedTree Manifest { get; }

    /// <summary>Makes an empty staging area, readable by its owner alone.</summary>
    /// <exception cref="RePlexOnException"><c>StagingNotWritable</c>.</exception>
    public static StagingArea Create(string stagingDirectory, FileTree source)
    {
        string path = Path.Combine(stagingDirectory, "run");
        try
        {
            Directory.CreateDirectory(stagingDirectory, PrivateFolder);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path, PrivateFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "StagingNotWritable", ExitCode.Usage,
                $"The staging folder {path} cannot be made ready: {e.Message}",
                "Set `stagingDirectory` to a folder on a disk with room for the databases, writable by the user RePlexOn runs as.",
                e);
        }

        return new StagingArea(path, source);
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
