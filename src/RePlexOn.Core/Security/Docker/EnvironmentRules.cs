using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>What lies in a container's environment, where <c>docker inspect</c> and every process of it can read it.</summary>
internal static class EnvironmentRules
{
    public static IReadOnlyList<DockerRule> All { get; } =
    [
        new("RPX-DKR-015", "Keeps a secret in its environment", CheckSeverity.Medium, null,
            "Give it as a file (NAME_FILE, or FILE__NAME with linuxserver.io), and change it where it was in use. PLEX_CLAIM is used once: take it out.",
            container => container.Variables
                .Where(variable => variable.Value.Length > 0 && SecretName.Matches(variable.Key))
                .Select(variable => new DockerFinding(variable.Key, $"{variable.Key} is set."))),
    ];
}
