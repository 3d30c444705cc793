using System.Globalization;
using RePlexOn.Files;

namespace RePlexOn.Plex;

/// <summary>A process that works with a data directory.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, as far as the kernel keeps one.</param>
internal sealed record DirectoryUser(int Id, string Name)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DisplayPath.Of(Name)} (process {Id})");
}

/// <summary>
/// Finds out who works with a data directory: the server that its process file names, and every process that has
/// something in it open or works in it (proc(5)).
/// </summary>
internal static class DirectoryUse
{
    private const string ProcessFile = "plexmediaserver.pid";

    /// <summary>The processes, this one not among them.</summary>
    /// <param name="directory">The data directory; one that is not there is used by nobody.</param>
    public static IReadOnlyList<DirectoryUser> Find(string directory)
    {
        if (RealPath.Of(directory) is not { } real) return [];

        // A server in a container has its files open under paths of the container; its process file tells.
        int? server = PlexProcess.Find(Path.Combine(real, ProcessFile));
        var users = new List<DirectoryUser>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) || id == Environment.ProcessId) continue;
            if (id == server || Uses(folder, real)) users.Add(new(id, PlexProcess.ReadText(Path.Combine(folder, "comm"))?.TrimEnd('\n') ?? ""));
        }

        return users;
    }

    private static bool Uses(string process, string directory)
    {
        try
        {
            return IsIn(directory, LinkAt(Path.Combine(process, "cwd")))
                || Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(file => IsIn(directory, LinkAt(file)));
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's: what it has open cannot be seen. Where it is a Plex server, it may well be this one's.
            return PlexProcess.ReadText(Path.Combine(process, "comm"))?.TrimEnd('\n') == PlexProcess.KernelName;
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    private static bool IsIn(string directory, string? path) =>
        path is not null && (path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal));

    private static string? LinkAt(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
