using RePlexOn.Files;

namespace RePlexOn.Plex;

/// <summary>Finds symbolic links that lead out of a directory.</summary>
internal static class OutsideLinks
{
    /// <summary>Links in the first two levels, as paths below the root, in order; what no backup holds anyway is passed over.</summary>
    public static IReadOnlyList<string> Find(string root)
    {
        var realRoot = RealPath.Of(root) ?? root;
        List<string> links = [];
        foreach (var entry in Entries(root))
        {
            if (PlexExclusions.Defaults.Contains($"/{entry.Name}/"))
                continue;
            if (entry.LinkTarget is not null)
                AddIfOutside(entry, entry.Name);
            else if (entry is DirectoryInfo)
            {
                foreach (var inner in Entries(entry.FullName).Where(inner => inner.LinkTarget is not null))
                    AddIfOutside(inner, $"{entry.Name}/{inner.Name}");
            }
        }

        links.Sort(StringComparer.Ordinal);
        return links.AsReadOnly();

        void AddIfOutside(FileSystemInfo link, string relative)
        {
            var target = RealPath.Of(link.FullName) ?? Path.GetFullPath(link.LinkTarget!, Path.GetDirectoryName(link.FullName)!);
            if (target != realRoot && !target.StartsWith(realRoot + "/", StringComparison.Ordinal)
                && !target.StartsWith(root + "/", StringComparison.Ordinal))
            {
                links.Add(relative);
            }
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true });
}
