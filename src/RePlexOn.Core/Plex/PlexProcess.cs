using System.Globalization;

namespace RePlexOn.Plex;

/// <summary>Finds a running server by the process file in its data directory.</summary>
internal static class PlexProcess
{
    /// <summary>"Plex Media Server", as far as the kernel keeps a name.</summary>
    public const string KernelName = "Plex Media Serv";

    /// <summary>The process the file names, if it is there and is a Plex Media Server; else null.</summary>
    public static int? Find(string processFile)
    {
        if (ReadText(processFile) is not { } text || !int.TryParse(text.AsSpan().Trim(), CultureInfo.InvariantCulture, out var named))
            return null;

        foreach (var (id, folder) in All("/proc"))
        {
            if (InnermostId(folder) == named)
                return id;
        }

        return null;
    }

    /// <summary>All running servers that can be seen, with their folders in the process file system.</summary>
    public static IEnumerable<(int Id, string Folder)> All(string processes)
    {
        if (!Directory.Exists(processes))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories(processes))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ReadText(Path.Combine(folder, "comm"))?.TrimEnd('\n') == KernelName)
            {
                yield return (id, folder);
            }
        }
    }

    /// <summary>A line of the process's status without its name, such as the numbers after <c>Uid:</c>; null when it is gone.</summary>
    public static string[]? StatusNumbers(string folder, string name) => ReadText(Path.Combine(folder, "status"))?
        .Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..]
        .Split('\t', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text of a small file; null when it cannot be read or its process has ended.</summary>
    public static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A server in a container writes the number it has there, which is the last in this line.
    private static int? InnermostId(string folder) =>
        int.TryParse(StatusNumbers(folder, "NSpid:")?.LastOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
}
