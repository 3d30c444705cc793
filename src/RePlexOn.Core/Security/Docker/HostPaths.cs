namespace RePlexOn.Security.Docker;

/// <summary>Which paths of a host are not for containers. Paths are compared by whole segments: <c>/variable</c> is not <c>/var</c>.</summary>
internal static class HostPaths
{
    private static readonly string[] Sensitive =
    [
        "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/root", "/sbin", "/sys", "/usr",
        "/run/systemd", "/run/dbus", "/var/run/systemd", "/var/run/dbus", "/var/lib/docker", "/var/lib/containerd", "/var/lib/kubelet",
        "/var/spool/cron",
    ];

    // What everybody may read, and half of all published commands mount; and memory and graphics for transcoding.
    private static readonly string[] ForAllToRead = ["/etc/localtime", "/etc/timezone"];
    private static readonly string[] ForAll = ["/dev/shm", "/dev/dri"];

    private static readonly string[] EngineSockets =
        ["docker.sock", "containerd.sock", "podman.sock", "crio.sock", "cri-dockerd.sock", "buildkitd.sock"];

    private static readonly string[] EngineSocketFolders = ["/run", "/var/run", "/run/containerd", "/run/podman", "/run/docker"];

    /// <summary>Whether who has the path has the engine.</summary>
    public static bool IsEngineSocket(string path) =>
        EngineSockets.Contains(Path.GetFileName(path), StringComparer.Ordinal) || EngineSocketFolders.Contains(path, StringComparer.Ordinal);

    /// <summary>Whether the path is, lies in, or holds a folder that the host lives by.</summary>
    public static bool IsSensitive(string path) => Sensitive.Any(one => IsAtOrBelow(path, one) || IsAtOrBelow(one, path));

    /// <summary>Whether the path may well be in a container although it lies in such a folder.</summary>
    public static bool IsForAll(string path, bool writable) =>
        ForAll.Any(one => IsAtOrBelow(path, one)) || (!writable && ForAllToRead.Contains(path, StringComparer.Ordinal));

    private static bool IsAtOrBelow(string path, string folder) =>
        folder == "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
