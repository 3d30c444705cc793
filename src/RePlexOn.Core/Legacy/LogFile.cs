using RePlexOn.Files;

namespace RePlexOn.Legacy;

/// <summary>A log on disk, which goes on being written, and is rotated or cut at any time.</summary>
internal static class LogFile
{
    /// <summary>Opens a log that others write, rename or remove meanwhile.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c>.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            // Blocks are large as they are: a buffer would only copy them once more.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>What the file system says of a file; null where it is not there.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c>.</exception>
    public static FileStatus? Look(string path)
    {
        try
        {
            if (FileStatus.Read(path) is not { } status) return null;
            return status.IsRegularFile ? status : throw new IOException("it is not a file.");
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    private static RePlexOnException Unreadable(string path, Exception cause) => new(
        "LegacyLogUnreadable", ExitCode.Usage, $"{path} could not be read: {cause.Message}",
        "Name a file that this user may read; the first RePlexOn's log mostly belongs to root, so try sudo.", cause);
}
