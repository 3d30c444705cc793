using RePlexOn.Files;

namespace RePlexOn.Verification;

/// <summary>
/// A folder for what is fetched to be looked at, removed at the end; databases hold names and watch histories, so nobody
/// else may look into it. What a killed run left goes with the next.
/// </summary>
internal sealed class VerificationFolder : IDisposable
{
    /// <summary>Makes it.</summary>
    /// <param name="stagingDirectory">Where.</param>
    /// <exception cref="RePlexOnException"><c>StagingNotWritable</c>.</exception>
    public VerificationFolder(string stagingDirectory)
    {
        Path = System.IO.Path.Combine(stagingDirectory, "verify");
        try
        {
            Directory.CreateDirectory(stagingDirectory, PrivateMode.Folder);
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
            Directory.CreateDirectory(Path, PrivateMode.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "StagingNotWritable", ExitCode.Usage, $"The staging folder {Path} cannot be made ready: {e.Message}",
                "Set `stagingDirectory` to a folder on a disk with room for the largest database, writable by the user RePlexOn runs as.", e);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder in it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name), PrivateMode.Folder).FullName;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next verification clears it away; what was found must be told all the same.
        }
    }
}
