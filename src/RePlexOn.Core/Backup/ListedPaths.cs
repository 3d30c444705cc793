using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Lists of paths for rsync.</summary>
internal static class ListedPaths
{
    /// <summary>
    /// Lists scanned entries. The root is passed over: rsync would take along all that lies directly in it, also what
    /// is left out. Its attributes go with the manifest.
    /// </summary>
    public static Action<RsyncPathWriter> Of(IReadOnlyList<FileEntry> entries) => paths =>
    {
        foreach (FileEntry entry in entries)
        {
            if (entry.Index > 0) paths.Add(entry.Path);
        }
    };

    /// <summary>Lists databases.</summary>
    public static Action<RsyncPathWriter> Of(IReadOnlyList<CapturedDatabase> databases) => paths =>
    {
        foreach (CapturedDatabase database in databases) paths.Add(database.Path);
    };
}
