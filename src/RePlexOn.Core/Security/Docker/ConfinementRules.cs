using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>The kernel's guards around a container.</summary>
internal static class ConfinementRules
{
    private const string NoNewPrivileges = "no-new-privileges";

    public static IReadOnlyList<DockerRule> All { get; } =
    [
        new("RPX-DKR-016", "Can gain privileges", CheckSeverity.Medium, "5.25",
            "Set security_opt: [no-new-privileges:true], or no-new-privileges for all in /etc/docker/daemon.json.",
            container => When(CanGainPrivileges(container), "no-new-privileges is not set: programs with setuid work in it.")),
        new("RPX-DKR-017", "Has no seccomp filter", CheckSeverity.High, "5.21",
            "Take away seccomp=unconfined; Docker's own filter suits Plex.",
            container => When(!container.Host.Privileged && HasNoSeccomp(container), "seccomp is unconfined: it may make any system call.")),
        new("RPX-DKR-018", "Has no AppArmor profile", CheckSeverity.High, "5.1",
            "Take away apparmor=unconfined; Docker's own profile suits Plex.",
            container => When(
                !container.Host.Privileged && container.SecurityOptions.Contains("apparmor=unconfined"), "apparmor is unconfined.")),
    ];

    private static IEnumerable<DockerFinding> When(bool found, string evidence)
    {
        if (found) yield return new DockerFinding("", evidence);
    }

    private static bool CanGainPrivileges(ContainerFacts container)
    {
        string? own = container.SecurityOptions.LastOrDefault(option => option.Split('=')[0] == NoNewPrivileges);
        return own is null ? !container.Engine.ForbidsNewPrivileges : own is not (NoNewPrivileges or $"{NoNewPrivileges}=true");
    }

    private static bool HasNoSeccomp(ContainerFacts container)
    {
        string? own = container.SecurityOptions.LastOrDefault(option => option.StartsWith("seccomp=", StringComparison.Ordinal));
        return own is null ? container.Engine.LeavesSeccompOff : own == "seccomp=unconfined";
    }
}
