using RePlexOn.Files;
using RePlexOn.Plex;

namespace RePlexOn.Backup;

/// <summary>What a mirror leaves out of the Plex data directory.</summary>
internal static class MirrorPatterns
{
    // The databases go by their own way. Their side files are removed from a mirror made by plain rsync:
    // a -wal of another moment beside a database would be replayed over it.
    private static readonly string[] LiveDatabases = ["/Plug-in Support/Databases/*.db"];

    private static readonly string[] DatabaseSideFiles =
    [
        "/Plug-in Support/Databases/*.db-wal",
        "/Plug-in Support/Databases/*.db-shm",
        "/Plug-in Support/Databases/*.db-journal",
    ];

    /// <summary>The default exclusions, the user's, and what the backup handles by itself.</summary>
    public static FilePatterns For(IReadOnlyList<string> excludedByUser) => FilePatterns.Parse(
        [.. PlexExclusions.Defaults, .. excludedByUser, $"/{BackupManifest.Folder}/", .. LiveDatabases],
        DatabaseSideFiles);
}
