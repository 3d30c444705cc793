using System.Globalization;
using System.Net;
using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>Who can reach a container, what it may use up, and which image it is.</summary>
internal static class ExposureRules
{
    public static IReadOnlyList<DockerRule> All { get; } =
    [
        new("RPX-DKR-019", "Is published on all addresses", CheckSeverity.Medium, "5.13",
            "Name the address before the port (ports: [\"192.168.1.10:32400:32400\"]). What Docker publishes passes by the rules of ufw and firewalld.",
            Published),
        new("RPX-DKR-020", "Has no memory limit", CheckSeverity.Low, "5.10",
            "Set mem_limit; Plex does well with 4 GB, transcoding to memory takes more. docker update --memory sets it while it runs.",
            container => When(container.Host.Memory <= 0, "It can use up the host's memory."))
        {
            // Docker takes a new limit only with one for swap, here none as before; and can raise it later, but not take it away.
            Fix = (issue, options) => options.MemoryLimit is { } limit
                ? new DockerFix(Update(issue, "--memory", limit, "--memory-swap", "-1"), Undo: null)
                : null,
        },
        new("RPX-DKR-021", "Has no limit of processes", CheckSeverity.Low, "5.28",
            "Set pids_limit; docker update --pids-limit sets it while it runs.",
            container => When((container.Host.PidsLimit ?? 0) <= 0, "It can use up the host's process numbers."))
        {
            Fix = (issue, options) => new DockerFix(
                Update(issue, "--pids-limit", options.PidsLimit.ToString(CultureInfo.InvariantCulture)), Update(issue, "--pids-limit", "-1")),
        },
        new("RPX-DKR-022", "Takes whatever image is the latest", CheckSeverity.Low, null,
            "Name a version (plexinc/pms-docker:1.42.1.10060-4e8b05daf) or a digest, so that a new one comes when you choose it.",
            container => When(
                container.Image is { IsPinned: false, Tag: null or "latest" },
                container.Image.Tag is null ? $"{container.Settings.Image} names no tag." : $"{container.Settings.Image} names the tag latest.")),
    ];

    private static IEnumerable<DockerFinding> When(bool found, string evidence)
    {
        if (found) yield return new DockerFinding("", evidence);
    }

    private static IEnumerable<DockerFinding> Published(ContainerFacts container)
    {
        if (container.Host.NetworkMode == "host") return []; // it is on all addresses by that, and Docker heeds no ports then

        // What it is bound to now counts: the engine may have a default address of its own.
        var ports = container.Ports is { Count: > 0 } now && now.Values.Any(one => one is { Count: > 0 }) ? now : container.Host.PortBindings;
        string[] open =
        [
            .. from port in ports ?? new Dictionary<string, IReadOnlyList<PortBinding?>?>()
            from binding in port.Value ?? []
            where binding is not null && IsAnyAddress(binding.HostIp)
            select string.IsNullOrEmpty(binding.HostPort) || binding.HostPort == "0" ? $"{port.Key} (any port)" : $"{port.Key} (port {binding.HostPort})",
        ];
        if (open.Length == 0) return When(container.Host.PublishAllPorts, "All ports of the image are published.");
        return When(true, $"Open on every address of the host: {string.Join(", ", open.Distinct().Order(StringComparer.Ordinal))}.");
    }

    private static bool IsAnyAddress(string? address) =>
        string.IsNullOrEmpty(address)
        || (IPAddress.TryParse(address, out IPAddress? parsed) && (parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any)));

    private static string[] Update(DockerIssue issue, params string[] limits) => ["docker", "update", .. limits, "--", issue.ContainerId];
}
