using System.Globalization;
using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>Tells whether a container's main program stays root of the host.</summary>
internal static class RootUser
{
    private static readonly DropsRoot[] Families =
    [
        new("PUID", "PGID", ["linuxserver/", "hotio/", "binhex/"]),
        new("PLEX_UID", "PLEX_GID", ["plexinc/pms-docker"]),
    ];

    // Elsewhere anybody may have put anything under these names.
    private static readonly string?[] Registries = [null, "docker.io", "index.docker.io", "lscr.io", "ghcr.io", "cr.hotio.dev"];

    public static IEnumerable<DockerFinding> Look(ContainerFacts container)
    {
        if (!IsRoot(container.Settings.User) || (container.Engine.RemapsUsers && container.Host.UsernsMode != "host")) yield break;

        DropsRoot? family = Families.FirstOrDefault(one => Registries.Contains(container.Image.Registry) && one.Makes(container.Image));
        if (family is not null)
        {
            if (Find(container, family) is { } finding) yield return finding;
        }
        else if (Families.FirstOrDefault(one => Number(container, one.UserVariable) > 0) is { } hoped)
        {
            yield return new DockerFinding(
                "", $"It starts as root. {hoped.UserVariable} is set, but this image is not known to heed it.", CheckStatus.Unknown);
        }
        else
        {
            yield return new DockerFinding("", "It runs as root, which is root of the host wherever it gets out.");
        }
    }

    // Without the variable, all of these images take a user of their own.
    private static DockerFinding? Find(ContainerFacts container, DropsRoot family)
    {
        if (Number(container, family.UserVariable) == 0) return new DockerFinding("", $"{family.UserVariable} is 0: it stays root.");
        return Number(container, family.GroupVariable) == 0
            ? new DockerFinding("", $"{family.GroupVariable} is 0: it keeps the group root.")
            : null;
    }

    private static bool IsRoot(string? user) =>
        (user ?? "").Split(':')[0] is var name && (name == "root" || name.All(digit => digit == '0'));

    private static long? Number(ContainerFacts container, string variable) =>
        container.Variables.TryGetValue(variable, out string? text)
        && long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Images that start as root and then become the user that a variable names.</summary>
    private sealed record DropsRoot(string UserVariable, string GroupVariable, IReadOnlyList<string> Repositories)
    {
        public bool Makes(ImageName image) => Repositories.Any(one =>
            one.EndsWith('/') ? image.Repository.StartsWith(one, StringComparison.Ordinal) : image.Repository == one);
    }
}
