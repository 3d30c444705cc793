namespace RePlexOn.Security.Docker;

/// <summary>All rules, in the order of their numbers.</summary>
internal static class DockerRules
{
    public static IReadOnlyList<DockerRule> All { get; } =
    [
        .. IsolationRules.All, .. MountRules.All, .. EnvironmentRules.All, .. ConfinementRules.All, .. ExposureRules.All,
    ];

    /// <summary>The rule of an id; null for none.</summary>
    public static DockerRule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
