using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>
/// A folder of one run in which copies of databases and the manifest are made ready for rsync, laid out as on the
/// target. It is removed when the run ends; what a killed run left is removed by the next.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    private readonly string _sourceRoot;

    private StagingArea(string path, string sourceRoot)
    {
        Path = path;
        _sourceRoot = sourceRoot;
    }

    /// <summary>The folder; it stands for the root of the tree on the target.</summary>
    public string Path { get; }

    /// <summary>Makes an empty staging area, readable by its owner alone.</summary>
    /// <exception cref="RePlexOnException"><c>StagingNotWritable</c>.</exception>
    public static StagingArea Create(string stagingDirectory, string sourceRoot)
    {
        string path = System.IO.Path.Combine(stagingDirectory, "run");
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

        return new StagingArea(path, sourceRoot);
    }

    /// <summary>The full path of a file to be staged; its folder is made.</summary>
    public string PathFor(string relativePath)
    {
        string full = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!, PrivateFolder);
        return full;
    }

    /// <summary>
    /// Gives the staged folders the attributes of the source's, so that sending what is in them leaves the target's
    /// folders as the mirror has them.
    /// </summary>
    public void MatchFolders(string relativePath)
    {
        for (string? folder = relativePath; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            string source = System.IO.Path.Combine(_sourceRoot, folder);
            if (Directory.Exists(source))
            {
                FileAttributesCopy.Apply(source, System.IO.Path.Combine(Path, folder));
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run clears it away; a good backup must not fail for it.
        }
    }

    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
}
