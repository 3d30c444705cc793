using RePlexOn.Files;

namespace RePlexOn.Plex.Databases;

/// <summary>Finds the databases that Plex keeps open, which must not be copied as plain files while it runs.</summary>
public static class PlexDatabaseFiles
{
    /// <summary>The folder of the databases, below the data directory.</summary>
    public const string FolderRelativePath = "Plug-in Support/Databases";

    /// <summary>The library database: titles, users, watch history.</summary>
    public const string LibraryRelativePath = FolderRelativePath + "/com.plexapp.plugins.library.db";

    /// <summary>The database of larger values that belongs to the library.</summary>
    public const string BlobsRelativePath = FolderRelativePath + "/com.plexapp.plugins.library.blobs.db";

    /// <summary>
    /// The databases in the folder: the library first, then its blobs, then others by name. Others count when they end
    /// in <c>.db</c> and begin as a SQLite file does; the library and the blobs count whatever they hold, so that a
    /// ruined one is reported by the capture and not passed over. Plex's own dated copies
    /// (<c>….db-2026-01-31</c>) are ordinary files and are not listed.
    /// </summary>
    /// <param name="dataDirectory">The folder named <c>Plex Media Server</c>.</param>
    /// <returns>The databases; none when the folder is missing.</returns>
    /// <exception cref="RePlexOnException">The folder or a file in it may not be read.</exception>
    public static IReadOnlyList<PlexDatabaseFile> Find(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, FolderRelativePath);
        if (!Directory.Exists(folder)) return [];
        try
        {
            return [.. new DirectoryInfo(folder)
                .EnumerateFiles("*.db", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
                .Select(file => (File: file, RelativePath: $"{FolderRelativePath}/{file.Name}"))
                .Where(found => IsWanted(found.File, found.RelativePath))
                .OrderBy(found => Rank(found.RelativePath))
                .ThenBy(found => found.RelativePath, StringComparer.Ordinal)
                .Select(found => Describe(found.File, found.RelativePath))];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new RePlexOnException(
                "DatabasesUnreadable", ExitCode.Failed,
                $"The folder of Plex's databases, {folder}, cannot be read: {e.Message}",
                "Run RePlexOn as root or as the user that Plex runs as, and see that the disk is well.", e);
        }
    }

    private static int Rank(string relativePath) => relativePath switch
    {
        LibraryRelativePath => 0,
        BlobsRelativePath => 1,
        _ => 2,
    };

    private static bool IsWanted(FileInfo file, string relativePath)
    {
        var status = FileStatus.Read(file.FullName);
        return status is { IsRegularFile: true } && (Rank(relativePath) < 2 || SqliteHeader.Read(file.FullName) is not null);
    }

    private static PlexDatabaseFile Describe(FileInfo file, string relativePath)
    {
        var database = DatabaseParts.Of(file.FullName);
        var bytes = (FileStatus.Read(database.Main)?.Bytes ?? 0) + (FileStatus.Read(database.Wal)?.Bytes ?? 0);
        return new PlexDatabaseFile(file.FullName, relativePath, bytes);
    }
}
