using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Plex;

namespace RePlexOn.Security.AccessLog;

/// <summary>Where the server's log is, and those before it.</summary>
internal static class PlexLogs
{
    /// <summary>The log's name below the data directory.</summary>
    public const string Current = "Logs/Plex Media Server.log";

    // Plex renames the full log to .1, .1 to .2, up to .5.
    private const int MostRotated = 5;

    /// <summary>The log that a configuration leads to.</summary>
    /// <exception cref="RePlexOnException"><c>PlexLogMissing</c>, or what <see cref="ConfiguredPlaces.OpenSource"/> says.</exception>
    public static string Find(RePlexOnConfiguration configuration)
    {
        PlexDataDirectory source = ConfiguredPlaces.OpenSource(configuration);
        string path = Path.Combine(source.Path, Current);
        return File.Exists(path) ? path : throw Missing(path);
    }

    /// <summary>A log and those that were rotated away from it, the newest first; those that are not there too.</summary>
    public static IReadOnlyList<string> WithRotated(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string name = Path.GetFileNameWithoutExtension(path), end = Path.GetExtension(path);
        return [path, .. Enumerable.Range(1, MostRotated).Select(number => Path.Combine(folder, $"{name}.{number}{end}"))];
    }

    /// <summary>To throw where there is no such log.</summary>
    public static RePlexOnException Missing(string path) => new(
        "PlexLogMissing", ExitCode.Failed, $"There is no log {path}, or this user cannot see it.",
        "Plex makes it when it starts: see that it runs, and that this is its data directory; run this as root or as the user who runs Plex.");

    /// <summary>To throw where a log cannot be read.</summary>
    public static RePlexOnException Unreadable(string path, Exception cause) => new(
        "PlexLogUnreadable", ExitCode.Failed, $"The log {path} cannot be read: {cause.Message}",
        "Run this as root, or as the user who runs Plex (often 'plex').", cause);
}
