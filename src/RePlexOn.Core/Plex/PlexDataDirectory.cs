using System.Text.RegularExpressions;

namespace RePlexOn.Plex;

/// <summary>The folder in which a Plex Media Server keeps all that it knows.</summary>
public sealed partial class PlexDataDirectory
{
    /// <summary>Where the library database is, below the data directory.</summary>
    public const string LibraryDatabase = "Plug-in Support/Databases/com.plexapp.plugins.library.db";

    /// <summary>Where the settings are, below the data directory.</summary>
    internal const string PreferencesFile = "Preferences.xml";
    private const string ProcessFile = "plexmediaserver.pid";

    // The first start-up line is the first of all in the log that was current at the start.
    private const int LogHeadBytes = 8192;

    private static readonly string[] BelowAParent =
    [
        "Plex Media Server",
        "Application Support/Plex Media Server",
        "Library/Application Support/Plex Media Server",
        "config/Library/Application Support/Plex Media Server",
    ];

    // Newest first: Plex renames the full log to .1, .1 to .2, up to .5.
    private static readonly string[] Logs =
    [
        "Logs/Plex Media Server.log", "Logs/Plex Media Server.1.log", "Logs/Plex Media Server.2.log",
        "Logs/Plex Media Server.3.log", "Logs/Plex Media Server.4.log", "Logs/Plex Media Server.5.log",
    ];

    private PlexDataDirectory(string path, PlexPreferences preferences)
    {
        Path = path;
        Preferences = preferences;
        OutsideLinks = Plex.OutsideLinks.Find(path);
        ServerVersion = FindServerVersion(path);
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>What Preferences.xml says.</summary>
    public PlexPreferences Preferences { get; }

    /// <summary>
    /// Links in the first two levels that lead out of the directory, as paths below it (<c>Metadata</c>,
    /// <c>Media/localhost</c>). A backup holds the link, not what it leads to.
    /// </summary>
    public IReadOnlyList<string> OutsideLinks { get; }

    /// <summary>The server's version as its log tells it, such as <c>1.43.0.10467-2b1ba6e69</c>; null when no log reaches back to a start.</summary>
    public string? ServerVersion { get; }

    /// <summary>Whether the server is running, as far as this user can see; looked up at each call.</summary>
    public bool IsServerRunning => ServerProcessId is not null;

    /// <summary>
    /// The running server's process, in this machine's numbering even if the server runs in a container; null when none can
    /// be seen. Looked up at each call.
    /// </summary>
    public int? ServerProcessId => PlexProcess.Find(System.IO.Path.Combine(Path, ProcessFile));

    /// <summary>Looks at a directory and makes sure that it is a Plex data directory.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>SourceMissing</c>, <c>SourceEmpty</c> (an unmounted disk?), <c>SourceUnreadable</c>, <c>SourceNotPlex</c> (what is
    /// missing, and the right path where it is near), <c>PreferencesDamaged</c>.
    /// </exception>
    public static PlexDataDirectory Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            CheckFolder(path);
            if (FindMissing(path) is { Count: > 0 } missing)
            {
                throw new RePlexOnException("SourceNotPlex", ExitCode.Usage,
                    $"{path} is not a Plex data directory: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing.",
                    WhereInstead(path));
            }

            return new PlexDataDirectory(path, PlexPreferences.Parse(System.IO.Path.Combine(path, PreferencesFile)));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new RePlexOnException("SourceUnreadable", ExitCode.Failed, $"{path} cannot be read: {exception.Message}",
                "Run as root, or as the user who runs Plex (often 'plex').", exception);
        }
    }

    /// <summary>Whether the marks of a Plex data directory are there and this user can see them.</summary>
    internal static bool IsAt(string path) =>
        File.Exists(System.IO.Path.Combine(path, PreferencesFile)) && File.Exists(System.IO.Path.Combine(path, LibraryDatabase));

    /// <summary>Whether this user may read the marks of a Plex data directory.</summary>
    internal static bool IsReadableAt(string path)
    {
        try
        {
            using var preferences = File.OpenRead(System.IO.Path.Combine(path, PreferencesFile));
            using var database = new FileStream(
                System.IO.Path.Combine(path, LibraryDatabase), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static void CheckFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new RePlexOnException(
                "SourceNotPlex", ExitCode.Usage, $"{path} is a file, not a Plex data directory.", WhereInstead(path));
        }

        if (!Directory.Exists(path))
        {
            throw new RePlexOnException("SourceMissing", ExitCode.Failed, $"There is no folder {path}, or this user cannot see it.",
                "Check that the disk is mounted (findmnt) and the path is right, and run as root or as the user who runs Plex.");
        }

        // A freshly made file system holds lost+found and nothing else.
        if (Directory.EnumerateFileSystemEntries(path).All(entry => System.IO.Path.GetFileName(entry) == "lost+found"))
        {
            throw new RePlexOnException("SourceEmpty", ExitCode.Failed, $"{path} is empty.",
                "Most likely its disk is not mounted: look with findmnt, mount it and try again.");
        }
    }

    private static List<string> FindMissing(string path)
    {
        List<string> missing = [];
        foreach (var mark in new[] { PreferencesFile, LibraryDatabase })
        {
            if (!File.Exists(System.IO.Path.Combine(path, mark)))
                missing.Add(mark == PreferencesFile ? mark : $"the library database ({mark})");
        }

        return missing;
    }

    private static string WhereInstead(string path)
    {
        var near = BelowAParent.Select(below => System.IO.Path.Combine(path, below)).FirstOrDefault(IsAt);
        var parent = path;
        while (near is null && (parent = System.IO.Path.GetDirectoryName(parent)) is not null)
        {
            if (IsAt(parent))
                near = parent;
        }

        return near is null
            ? "Give the folder that holds Preferences.xml, usually named 'Plex Media Server'; if it should be here, check that its disk is mounted."
            : $"Give '{near}' instead.";
    }

    private static string? FindServerVersion(string path)
    {
        foreach (var log in Logs)
        {
            try
            {
                using var stream = new FileStream(
                    System.IO.Path.Combine(path, log), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var head = new byte[LogHeadBytes];
                var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
                if (VersionPattern().Match(System.Text.Encoding.Latin1.GetString(head, 0, length)) is { Success: true } match)
                    return match.Groups[1].Value;
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                // The version is good to know, but no backup depends on it.
            }
        }

        return null;
    }

    [GeneratedRegex(@" - Plex Media Server v([0-9]+(?:\.[0-9]+)+(?:-[0-9a-f]+)?)")]
    private static partial Regex VersionPattern();
}
