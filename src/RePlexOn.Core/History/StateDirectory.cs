namespace RePlexOn.History;

/// <summary>The folder where RePlexOn keeps its history, its lock and its indexes.</summary>
internal static class StateDirectory
{
    // Messages and warnings name people's files, and whoever may open the lock file may also lock it:
    // so it is the owner's alone. An administrator who widens it finds it left so.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Mode of the files in it: read and write for the owner.</summary>
    internal const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes it where it is missing.</summary>
    /// <exception cref="RePlexOnException"><c>StateNotWritable</c>.</exception>
    internal static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>What to throw where something could not be made or changed in it.</summary>
    internal static RePlexOnException NotWritable(string path, Exception cause) => new(
        "StateNotWritable",
        ExitCode.Usage,
        File.Exists(path)
            ? $"The state directory {path} is a file."
            : $"RePlexOn cannot write to its state directory {path}: {cause.Message}",
        "Run it as the user that runs the backups (mostly root), or set the state directory in the configuration to a folder that this user may write to.",
        cause);
}
