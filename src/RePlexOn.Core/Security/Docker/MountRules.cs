using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>What a container sees of its host's files, and who else can change that.</summary>
internal static class MountRules
{
    private const string Narrower = "Mount only the file or folder that the container needs, in a place of its own.";

    public static IReadOnlyList<DockerRule> All { get; } =
    [
        new("RPX-DKR-008", "Holds the container engine's socket", CheckSeverity.Critical, "5.31",
            "Do not mount it. Where a program needs it, put a proxy between that lets only the calls through that it needs.",
            container => container.Mounts.Where(mount => mount.IsEngineSocket).Select(
                mount => Seen(mount, "who talks to it is root of the host, read-only or not"))),
        new("RPX-DKR-009", "Can change what the host lives by", CheckSeverity.Critical, "5.5", Narrower,
            container => container.Mounts.Where(mount => mount is { IsSensitive: true, Writable: true }).Select(mount => Seen(mount, "writable"))),
        new("RPX-DKR-010", "Can read what the host lives by", CheckSeverity.Medium, "5.5", Narrower,
            container => container.Mounts.Where(mount => mount is { IsSensitive: true, Writable: false }).Select(mount => Seen(mount, "read-only"))),
        new("RPX-DKR-011", "Every user of the host can change what is mounted", CheckSeverity.High, null,
            "Take the others' right to write: chmod o-w PATH, and give the folder to the user that the container runs as.",
            container => Ordinary(container).Where(mount => mount.IsHidden || mount.OnDisk is { IsOpen: true, IsSticky: false }).Select(Open))
        {
            Fix = (issue, _) => Mode(issue, "o-w", "o+w"),
        },
        new("RPX-DKR-012", "Every user of the host can put something else in a mount's place", CheckSeverity.High, null,
            "Let only owners rename what lies in that folder: chmod +t PATH; or take the others' right to write.",
            container => Ordinary(container).Where(mount => mount.OnDisk is { OpenParent: not null }).Select(mount => new DockerFinding(
                mount.OnDisk!.OpenParent!, $"{mount.OnDisk.OpenParent} above {mount.Source} is writable by everybody.")))
        {
            Fix = (issue, _) => Mode(issue, "+t", "-t"),
        },
        new("RPX-DKR-013", "Every user of the host can add files to what is mounted", CheckSeverity.Low, null,
            "Mount a folder of the container's own in place of one that all share.",
            container => Ordinary(container).Where(mount => mount.OnDisk is { IsOpen: true, IsSticky: true })
                .Select(mount => Seen(mount, $"mode {Octal(mount.OnDisk!.Mode)}"))),
        new("RPX-DKR-014", "Can write to what belongs to an administrator", CheckSeverity.Medium, null,
            "Give the folder to a user of the container's own (chown -R UID:GID PATH) and let the container run as that one; or mount it read-only.",
            Owned),
    ];

    private static IEnumerable<BindMount> Ordinary(ContainerFacts container) => container.Mounts.Where(mount => mount.IsOrdinary);

    // What everybody may write to is said to be so; whose it is matters no more.
    private static IEnumerable<DockerFinding> Owned(ContainerFacts container) =>
        from mount in Ordinary(container)
        where mount is { Writable: true, OnDisk.IsOpen: false }
        let owner = container.Administrators.NameOf(mount.OnDisk!.Owner)
        where owner is not null
        select Seen(mount, $"it belongs to {owner}");

    private static DockerFinding Open(BindMount mount) => mount.OnDisk is { } file
        ? Seen(mount, $"mode {Octal(file.Mode)}")
        : new DockerFinding(mount.Source, $"{mount.Source} as {mount.Destination}: this user may not look at it.", CheckStatus.Unknown);

    private static DockerFinding Seen(BindMount mount, string what)
    {
        string leads = mount.OnDisk is { } file && file.RealPath != mount.Source ? $" (which is {file.RealPath})" : "";
        return new DockerFinding(mount.Source, $"{mount.Source}{leads} as {mount.Destination}: {what}.");
    }

    private static DockerFix? Mode(DockerIssue issue, string apply, string undo) => issue.Status == CheckStatus.Fail
        ? new DockerFix(["chmod", apply, "--", issue.Subject], ["chmod", undo, "--", issue.Subject])
        : null;

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
