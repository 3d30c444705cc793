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

    /// <summary>
    /// What a mirror may hold beside what was mirrored: all that is left out, which a mirror made by plain rsync may have,
    /// what was handled by itself, and rsync's unfinished files.
    /// </summary>
    public static FilePatterns InMirror(IReadOnlyList<string> excludedByUser) => FilePatterns.Parse(
        [.. Excluded(excludedByUser), ".rsync-partial/"], []);

    /// <summary>The default exclusions, the user's, and what the backup handles by itself.</summary>
    public static FilePatterns For(IReadOnlyList<string> excludedByUser) => FilePatterns.Parse(
        Excluded(excludedByUser), DatabaseSideFiles);

    /// <summary>Names the patterns together with whether attributes are kept: where that changes, all is to be looked at again.</summary>
    public static string Fingerprint(FilePatterns patterns, bool keepAttributes) =>
        keepAttributes ? patterns.Fingerprint + "+attributes" : patterns.Fingerprint;

    private static string[] Excluded(IReadOnlyList<string> byUser) =>
        [.. PlexExclusions.Defaults, .. byUser, $"/{BackupManifest.Folder}/", .. LiveDatabases];
}
