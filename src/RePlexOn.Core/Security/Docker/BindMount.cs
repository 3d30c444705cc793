using RePlexOn.Files;

namespace RePlexOn.Security.Docker;

/// <summary>A file or folder of the host that a container sees, with what the host's file system says of it.</summary>
/// <param name="Source">The path on the host, without <c>..</c> or a slash at its end.</param>
/// <param name="Destination">The path in the container.</param>
/// <param name="Writable">Whether the container may write to it.</param>
/// <param name="OnDisk">What is at the path; null where that is not known, or of another machine.</param>
/// <param name="IsHidden">Whether it is there, but this user may not look at it.</param>
internal sealed record BindMount(string Source, string Destination, bool Writable, SourceFile? OnDisk, bool IsHidden)
{
    public bool IsEngineSocket => Paths.Any(HostPaths.IsEngineSocket);

    public bool IsSensitive => !IsEngineSocket && !IsForAll && Paths.Any(HostPaths.IsSensitive);

    /// <summary>Whether it is the container's own affair, so that mode and owner matter.</summary>
    public bool IsOrdinary => !IsEngineSocket && !IsForAll && !IsSensitive;

    // By the path that was asked for: /etc/localtime is a link to what lies below /usr.
    private bool IsForAll => HostPaths.IsForAll(Source, Writable);

    private IEnumerable<string> Paths => OnDisk is null ? [Source] : [Source, OnDisk.RealPath];

    /// <summary>The bind mounts of a container; volumes are the engine's own, and closed to others.</summary>
    public static IReadOnlyList<BindMount> Of(ContainerInspection container, bool lookAtFiles) =>
    [
        .. (container.Mounts ?? [])
            .Where(mount => mount is { Type: "bind", Source: ['/', ..] })
            .Select(mount => Of(mount!, lookAtFiles)),
    ];

    private static BindMount Of(MountPoint mount, bool lookAtFiles)
    {
        string source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(mount.Source!.Replace("\0", "", StringComparison.Ordinal)));
        SourceFile? file = null;
        bool hidden = false;
        try
        {
            if (lookAtFiles) file = SourceFile.Read(source);
        }
        catch (IOException)
        {
            hidden = true;
        }

        return new BindMount(source, mount.Destination ?? "", mount.RW, file, hidden);
    }
}

/// <summary>What the file system says of a path.</summary>
/// <param name="RealPath">The path with all links followed.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Owner">The owner's number.</param>
/// <param name="IsReachable">Whether any user can get to it: every folder above lets others through.</param>
/// <param name="OpenParent">The nearest folder above in which any user can put something else in its place; null for none.</param>
internal sealed record SourceFile(string RealPath, UnixFileMode Mode, uint Owner, bool IsReachable, string? OpenParent)
{
    /// <summary>Whether any user can write to it.</summary>
    public bool IsOpen => IsReachable && Mode.HasFlag(UnixFileMode.OtherWrite);

    /// <summary>Whether only its owner can take a file out of it, though others can add some.</summary>
    public bool IsSticky => Mode.HasFlag(UnixFileMode.StickyBit);

    /// <summary>Looks at a path; null when nothing is there.</summary>
    /// <exception cref="IOException">This user may not look.</exception>
    public static SourceFile? Read(string path)
    {
        if (FileStatus.Read(path) is not { } status) return null;

        string real = Files.RealPath.Of(path) ?? path;
        bool reachable = true;
        string? open = null;
        foreach (string folder in Above(real).Reverse())
        {
            UnixFileMode mode = FileStatus.Read(folder)?.Mode ?? UnixFileMode.None;
            reachable &= mode.HasFlag(UnixFileMode.OtherExecute);
            if (reachable && mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit)) open = folder;
        }

        return new SourceFile(real, status.Mode, status.Owner.User, reachable, open);
    }

    private static IEnumerable<string> Above(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
