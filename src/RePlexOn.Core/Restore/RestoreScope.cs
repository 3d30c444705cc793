using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Plex;

namespace RePlexOn.Restore;

/// <summary>What of a backup is restored: all of it, or some parts.</summary>
/// <param name="parts">The parts; none for all of it.</param>
internal sealed class RestoreScope(IReadOnlyList<RestorePart> parts)
{
    // Trees that plain rsync made hold what no backup of ours does; half files are of no use.
    private static readonly string[] NeverFetched =
        [$"/{BackupManifest.Folder}/", .. PlexExclusions.Defaults, ".rsync-partial/"];

    /// <summary>
    /// Folders that hold something which no backup has and which is to stay when the rest of the folder is replaced.
    /// </summary>
    public static IReadOnlySet<string> Kept { get; } = PlexExclusions.Defaults
        .Select(pattern => pattern.Trim('/')).SelectMany(Above).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether all of it is restored.</summary>
    public bool IsWhole => parts.Count == 0;

    /// <summary>The names of the parts; none for all of it.</summary>
    public IReadOnlyList<string> PartNames => [.. parts.Select(part => part.Name)];

    /// <summary>What rsync is told to fetch.</summary>
    public IReadOnlyList<string> FilterArguments
    {
        get
        {
            IReadOnlyList<string> never = FilePatterns.Parse(NeverFetched, []).RsyncArguments;
            if (IsWhole) return never;

            IEnumerable<string> paths = parts.SelectMany(part => part.Paths);
            return
            [
                .. never,
                .. paths.SelectMany(Above).Distinct(StringComparer.Ordinal).Select(path => $"--include=/{path}/"),
                .. paths.SelectMany(path => new[] { $"--include=/{path}", $"--include=/{path}/**" }),
                "--exclude=*",
            ];
        }
    }

    /// <summary>Whether a path is restored.</summary>
    public bool Holds(string path) => IsWhole || parts.Any(part => part.Holds(path));

    /// <summary>Whether something beneath a path is restored, but not the path itself.</summary>
    public bool IsAbove(string path) =>
        !Holds(path) && parts.Any(part => part.Paths.Any(own => own.StartsWith(path + "/", StringComparison.Ordinal)));

    private static IEnumerable<string> Above(string path)
    {
        for (int slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
    }
}
