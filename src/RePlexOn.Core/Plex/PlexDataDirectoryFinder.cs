using RePlexOn.Files;

namespace RePlexOn.Plex;

/// <summary>Looks for Plex data directories: where the service says, where packages put them, in containers, by running processes.</summary>
/// <param name="root">Where the file system begins: <c>/</c>, or a folder that stands for it. Paths that are found start with it.</param>
public sealed class PlexDataDirectoryFinder(string root = "/")
{
    private const string FolderName = "Plex Media Server";
    private const string BelowLibrary = "Library/Application Support/" + FolderName;

    private static readonly (string Path, PlexInstallationKind Kind, string Evidence)[] KnownPlaces =
    [
        ($"/var/lib/plexmediaserver/{BelowLibrary}", PlexInstallationKind.Package, "where the deb and rpm packages put it"),
        ($"/var/snap/plexmediaserver/common/{BelowLibrary}", PlexInstallationKind.Snap, "where the snap puts it"),
        ($"/var/packages/PlexMediaServer/shares/PlexMediaServer/AppData/{FolderName}", PlexInstallationKind.Synology, "where Synology's DSM 7 puts it"),
        ($"/var/lib/plex/{FolderName}", PlexInstallationKind.Arch, "where Arch Linux puts it"),
        ($"/config/{BelowLibrary}", PlexInstallationKind.Docker, "where Plex's and linuxserver's images put it, in the container"),
        ($"/config/{FolderName}", PlexInstallationKind.Docker, "where binhex's image puts it, in the container"),
        ("/config", PlexInstallationKind.Docker, "where hotio's image puts it, in the container"),
    ];

    // Images differ in how much of the path is in the mount.
    private static readonly string[] BelowAMount = [BelowLibrary, FolderName, $"Application Support/{FolderName}", ""];

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)).TrimEnd('/');

    /// <summary>
    /// What was found, each directory once, in order of certainty. Best effort: what this user may not look at is passed over,
    /// unless something else says that it is there.
    /// </summary>
    public IEnumerable<PlexInstallation> Find(CancellationToken cancellationToken = default)
    {
        var found = new List<PlexInstallation>();
        foreach (var candidate in Candidates(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var same = found.FindIndex(other => SameFolder(other.Path, candidate.Path));
            if (same < 0)
                found.Add(candidate);
            else
            {
                found[same] = found[same] with
                {
                    RunsAsUser = candidate.Kind == PlexInstallationKind.Manual ? candidate.RunsAsUser : found[same].RunsAsUser,
                    Evidence = $"{found[same].Evidence}; {candidate.Evidence}",
                };
            }
        }

        return found;
    }

    private IEnumerable<PlexInstallation> Candidates(CancellationToken cancellationToken) =>
        FromService().Concat(FromKnownPlaces()).Concat(FromDocker(cancellationToken)).Concat(FromProcesses());

    private IEnumerable<PlexInstallation> FromService()
    {
        foreach (var (folder, file) in SystemdEnvironment.Find(_root))
        {
            var path = $"{_root}{Path.TrimEndingDirectorySeparator(folder)}/{FolderName}";
            if (PlexDataDirectory.IsAt(path) || IsHidden(path))
                yield return Describe(path, PlexInstallationKind.Package, $"named in {file}");
        }
    }

    private IEnumerable<PlexInstallation> FromKnownPlaces() => KnownPlaces
        .Where(place => PlexDataDirectory.IsAt(_root + place.Path)
            || (place.Kind != PlexInstallationKind.Docker && IsHidden(_root + place.Path))) // any folder may be called /config
        .Select(place => Describe(_root + place.Path, place.Kind, place.Evidence));

    private IEnumerable<PlexInstallation> FromDocker(CancellationToken cancellationToken)
    {
        var mounts = DockerMounts.Find(_root + "/var/run/docker.sock", cancellationToken);
        foreach (var mount in mounts.OrderByDescending(mount => mount.IsOfPlexImage))
        {
            var source = _root + Path.TrimEndingDirectorySeparator(mount.Source);
            var evidence = $"{mount.Destination} of the container '{mount.Container}' (image {mount.Image})";
            if (BelowAMount.Select(below => Path.Join(source, below).TrimEnd('/')).FirstOrDefault(PlexDataDirectory.IsAt) is { } path)
                yield return Describe(path, PlexInstallationKind.Docker, evidence);
            else if (mount.IsOfPlexImage && mount.Destination == "/config" && IsHidden(source))
                yield return Describe($"{source}/{BelowLibrary}", PlexInstallationKind.Docker, $"{evidence}, into which this user cannot look");
        }
    }

    private IEnumerable<PlexInstallation> FromProcesses()
    {
        foreach (var (id, folder) in PlexProcess.All(_root + "/proc"))
        {
            var user = PlexProcess.StatusNumbers(folder, "Uid:") is [_, var effective, ..] ? UserName(effective) : null;
            if (FoldersOf(folder).FirstOrDefault(PlexDataDirectory.IsAt) is { } path)
                yield return Describe(path, PlexInstallationKind.Manual, $"used by process {id}") with { RunsAsUser = user };
        }
    }

    // What a process in a container calls a path means nothing here, so each is only tried.
    private IEnumerable<string> FoldersOf(string process)
    {
        var variables = (PlexProcess.ReadText(Path.Combine(process, "environ")) ?? "").Split('\0');
        if (ValueOf(SystemdEnvironment.Variable) is { } support)
            yield return $"{_root}{support}/{FolderName}";
        if (ValueOf("HOME") is { } home)
            yield return $"{_root}{home}/{BelowLibrary}";
        if (RealPath.Of(Path.Combine(process, "cwd")) is { } current)
            yield return current;

        string? ValueOf(string name) => variables.FirstOrDefault(variable => variable.StartsWith(name + "=/", StringComparison.Ordinal)) is { } variable
            ? Path.TrimEndingDirectorySeparator(variable[(name.Length + 1)..])
            : null;
    }

    private PlexInstallation Describe(string path, PlexInstallationKind kind, string evidence) => new(
        path, kind, FileOwner.Of(path) is { } owner ? UserName($"{owner.User}") : null, evidence, PlexDataDirectory.IsReadableAt(path));

    /// <summary>Whether the path is, or lies in, a folder that this user may not enter.</summary>
    private static bool IsHidden(string path)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
            entries.MoveNext();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string UserName(string id)
    {
        var line = PlexProcess.ReadText(_root + "/etc/passwd")?.Split('\n').FirstOrDefault(line => line.Split(':') is [_, _, var user, ..] && user == id);
        return line?.Split(':')[0] ?? id;
    }

    private static bool SameFolder(string left, string right) =>
        left == right || (RealPath.Of(left) is { } real && real == RealPath.Of(right));
}
