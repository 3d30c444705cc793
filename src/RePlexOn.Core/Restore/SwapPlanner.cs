using System.Text;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>
/// Works out which entries are to be replaced so that the destination becomes as the backup was: as few and as large ones
/// as can be, but without those that no backup holds, which stay.
/// </summary>
/// <param name="destination">The folder that is restored to.</param>
/// <param name="live">What is there, without what stays.</param>
/// <param name="fetched">What was fetched.</param>
/// <param name="scope">What of it is restored.</param>
internal sealed class SwapPlanner(string destination, FileTree live, FileTree fetched, RestoreScope scope)
{
    private const uint PermissionMask = 0xfff;

    private static readonly string[] DatabaseSideFiles = ["-wal", "-shm", "-journal"];

    private readonly List<SwapUnit> _units = [];
    private readonly List<SwapFolder> _folders = [];

    /// <summary>The entries to replace, and the folders they are in, the inner ones first.</summary>
    /// <exception cref="RePlexOnException"><c>PartBehindLink</c>.</exception>
    public (IReadOnlyList<SwapUnit> Units, IReadOnlyList<SwapFolder> Folders) Plan()
    {
        Visit(live[0], fetched[0]);
        return (_units, _folders);
    }

    private void Visit(FileEntry here, FileEntry there)
    {
        Dictionary<string, FileEntry> old = Children(live, here), incoming = Children(fetched, there);
        foreach ((string key, FileEntry any) in old.Concat(incoming.Where(pair => !old.ContainsKey(pair.Key))))
        {
            string path = Encoding.UTF8.GetString(any.Path);
            bool isAbove = scope.IsAbove(path);
            bool hasNew = incoming.TryGetValue(key, out FileEntry arrived);
            if ((!isAbove && !scope.Holds(path)) || (isAbove && !hasNew)) continue;

            if (old.TryGetValue(key, out FileEntry present))
            {
                if (hasNew && BothFolders(present, arrived) && (isAbove || RestoreScope.Kept.Contains(path)))
                {
                    Visit(present, arrived);
                    continue;
                }

                if (isAbove) throw BehindLink(path);
                EnsureNotMounted(present, path);
            }

            Add(any.Path, hasNew);
        }

        string folder = Encoding.UTF8.GetString(there.Path);
        AddDatabaseSideFiles(folder);
        _folders.Add(Describe(folder, there));
    }

    // A log that Plex leaves beside a restored database belongs to that, and must go with it when the restore is undone.
    private void AddDatabaseSideFiles(string folder)
    {
        if (folder != PlexDatabaseFiles.FolderRelativePath) return;

        var planned = _units.Select(unit => unit.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string database in planned.Where(name => name.EndsWith(".db", StringComparison.Ordinal)).ToArray())
        {
            foreach (string side in DatabaseSideFiles.Select(ending => database + ending).Where(name => !planned.Contains(name)))
            {
                Add(Encoding.UTF8.GetBytes(side), hasNew: false);
            }
        }
    }

    // What is there is looked at by itself: what stays is not in the scan, and an older backup may hold it all the same.
    private void Add(ReadOnlySpan<byte> path, bool hasNew) =>
        _units.Add(new(DisplayPath.Of(path), path.ToArray(), new RawPath(destination, path).Exists(), hasNew));

    private SwapFolder Describe(string path, FileEntry there)
    {
        FolderAttributes before = FolderAttributes.Of(Path.Combine(destination, path));
        bool takesNew = path.Length == 0 ? scope.IsWhole : scope.Holds(path);
        return new(
            path, before, takesNew ? new(there.UserId, there.GroupId, (int)(there.Mode & PermissionMask), there.ModifiedNs) : before);
    }

    // Latin-1 keeps each byte apart, so that names need not be UTF-8.
    private static Dictionary<string, FileEntry> Children(FileTree tree, FileEntry folder)
    {
        var children = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        for (int child = folder.Index + 1; child < tree.Record(folder.Index).End; child = tree.Record(child).End)
        {
            children[Encoding.Latin1.GetString(tree[child].Name)] = tree[child];
        }

        return children;
    }

    private static bool BothFolders(FileEntry one, FileEntry other) => (one.Kind, other.Kind) == (FileKind.Directory, FileKind.Directory);

    private void EnsureNotMounted(FileEntry present, string path)
    {
        string full = Path.Combine(destination, path);
        if (present.Kind != FileKind.Directory || present.Device == live[0].Device || RealPath.Of(full) is not { } real
            || MountTable.MountPointOf(real) != real)
        {
            return;
        }

        throw new RePlexOnException(
            "PartIsMounted", ExitCode.Failed, $"{full} is mounted from elsewhere, so it cannot be kept aside by a rename.",
            "Unmount it and run the restore again; or restore to another folder, and copy that part from there.");
    }

    private RePlexOnException BehindLink(string path) => new(
        "PartBehindLink", ExitCode.Failed, $"{Path.Combine(destination, path)} is no folder but a link or a file, and only a part of it is to be restored.",
        "Restore to another folder and copy that part from there, or restore all of it.");
}
