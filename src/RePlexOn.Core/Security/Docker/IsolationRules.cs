using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>What a container shares with its host: user, privileges, namespaces.</summary>
internal static class IsolationRules
{
    private const string Host = "host";

    // Docker gives these to every container; who drops all and adds some back does well.
    private static readonly HashSet<string> DefaultCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly HashSet<string> HostCapabilities =
    [
        "ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "DAC_READ_SEARCH", "BPF", "PERFMON", "MAC_ADMIN", "MAC_OVERRIDE",
    ];

    public static IReadOnlyList<DockerRule> All { get; } =
    [
        new("RPX-DKR-001", "Runs as root", CheckSeverity.Medium, "4.1",
            "Set a user (user: \"1000:1000\"), PUID and PGID, or PLEX_UID and PLEX_GID as the image takes them; or give Docker user namespaces.",
            RootUser.Look),
        new("RPX-DKR-002", "Runs privileged", CheckSeverity.Critical, "5.4",
            "Take away privileged: true. For hardware transcoding, devices: [/dev/dri] is enough.",
            container => When(container.Host.Privileged, "", "It may do all that root of the host may.")),
        new("RPX-DKR-003", "Has a capability that is as much as root of the host", CheckSeverity.High, "5.3",
            "Take it out of cap_add. Plex needs none.",
            container => Capabilities(container).Where(HostCapabilities.Contains).Select(Added)),
        new("RPX-DKR-004", "Has a capability added", CheckSeverity.Medium, "5.3",
            "Take it out of cap_add unless you know what needs it. Plex needs none.",
            container => Capabilities(container).Where(one => !HostCapabilities.Contains(one)).Select(Added)),
        new("RPX-DKR-005", "Shares the host's network", CheckSeverity.Medium, "5.9",
            "Publish the ports that are needed in place of network_mode: host. Plex needs 32400/tcp, the rest is for finding it in the LAN.",
            container => When(container.Host.NetworkMode == Host, "", "It sees all interfaces of the host, and what listens on its loopback.")),
        new("RPX-DKR-006", "Shares the host's processes", CheckSeverity.High, "5.15",
            "Take away pid: host.",
            container => When(container.Host.PidMode == Host, "", "It sees the host's processes, their arguments and environments.")),
        new("RPX-DKR-007", "Shares the host's memory segments", CheckSeverity.Medium, "5.16",
            "Take away ipc: host.",
            container => When(container.Host.IpcMode == Host, "", "It can read and write the shared memory of the host's processes.")),
    ];

    private static IEnumerable<DockerFinding> When(bool found, string subject, string evidence)
    {
        if (found) yield return new DockerFinding(subject, evidence);
    }

    // A privileged container has them all anyway.
    private static IEnumerable<string> Capabilities(ContainerFacts container) => container.Host.Privileged
        ? []
        : (container.Host.CapAdd ?? []).OfType<string>().Select(Plain).Where(one => !DefaultCapabilities.Contains(one)).Distinct();

    private static string Plain(string capability)
    {
        string upper = capability.ToUpperInvariant();
        return upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper[4..] : upper;
    }

    private static DockerFinding Added(string capability) => new(capability, $"{capability} is added.");
}
