namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A test in networks of its own; skipped, with the reason, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceTheoryAttribute : TheoryAttribute
{
    public NamespaceTheoryAttribute() => Skip = WhyNot;

    private static string? WhyNot { get; } =
        !Environment.IsPrivilegedProcess ? "Only root can make networks."
        : JailedNetwork.TryRun("unshare", "--net", "true") ? null
        : "This machine lets nobody make networks.";
}
