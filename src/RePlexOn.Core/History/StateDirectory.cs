using RePlexOn.Files;

namespace RePlexOn.History;

/// <summary>The folder where RePlexOn keeps its history, its lock and its indexes.</summary>
internal static class StateDirectory
{
    /// <summary>Makes it where it is missing.</summary>
    /// <exception cref="RePlexOnException"><c>StateNotWritable</c>.</exception>
    internal static void Ensure(string path)
    {
        try
        {
            // Messages and warnings name people's files, and whoever may open the lock file may also lock it:
            // so it is the owner's alone. An administrator who widens it finds it left so.
            Directory.CreateDirectory(path, PrivateMode.Folder);
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
