using RePlexOn.Files;

namespace RePlexOn.ConfigurationBackups;

/// <summary>
/// A folder for what is sent or was fetched, removed at the end. It may hold secrets, so it lies where nobody else looks,
/// and where the next run finds what a killed one has left.
/// </summary>
internal sealed class ConfigurationStage : IDisposable
{
    private readonly string _path;

    /// <param name="stagingDirectory">The configured staging folder.</param>
    /// <exception cref="RePlexOnException"><c>StagingNotWritable</c>.</exception>
    public ConfigurationStage(string stagingDirectory)
    {
        _path = Path.Combine(stagingDirectory, "configuration");
        try
        {
            Directory.CreateDirectory(stagingDirectory, PrivateMode.Folder);
            if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
            Directory.CreateDirectory(Content, PrivateMode.Folder);
            Directory.CreateDirectory(Manifest, PrivateMode.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "StagingNotWritable", ExitCode.Usage, $"The staging folder {_path} cannot be made ready: {e.Message}",
                "Set `stagingDirectory` to a folder that the user RePlexOn runs as may write to.", e);
        }
    }

    /// <summary>The files of the backup.</summary>
    public string Content => Path.Combine(_path, "content");

    /// <summary>The manifest, with nothing beside it.</summary>
    public string Manifest => Path.Combine(_path, "manifest");

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
