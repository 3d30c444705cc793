using RePlexOn.Checks;
using RePlexOn.Files;

namespace RePlexOn.Security.Docker;

/// <summary>One thing that is looked at in every container.</summary>
/// <param name="Id">Stable, such as <c>RPX-DKR-008</c>.</param>
/// <param name="Title">What is wrong where it finds something.</param>
/// <param name="Severity">How grave that is.</param>
/// <param name="Cis">Its number in the CIS Docker Benchmark 1.5.0; null where none fits.</param>
/// <param name="Remediation">What to do about it.</param>
/// <param name="Look">Finds it; nothing in a container that is as it should be.</param>
internal sealed record DockerRule(
    string Id, string Title, CheckSeverity Severity, string? Cis, string Remediation, Func<ContainerFacts, IEnumerable<DockerFinding>> Look)
{
    private const string Category = "Docker";

    /// <summary>What puts it right while the container stays as it is; null where that cannot be.</summary>
    public Func<DockerIssue, DockerRemediationOptions, DockerFix?>? Fix { get; init; }

    /// <summary>What the rule has to say of a container.</summary>
    public IEnumerable<DockerIssue> Apply(ContainerFacts container) => Look(container).Select(finding => new DockerIssue(
        OneLine(container.Name), container.Id, OneLine(container.Settings.Image), Id, Title, Category, Severity, finding.Status,
        finding.Subject, OneLine(finding.Evidence), Remediation, Cis is null ? null : $"CIS Docker Benchmark 1.5.0, {Cis}"));

    // What docker inspect printed may have been written by anybody, with control characters for the terminal.
    private static string OneLine(string? text) => string.IsNullOrEmpty(text) ? "" : DisplayPath.Of(text);
}

/// <summary>What a rule found.</summary>
/// <param name="Subject">The path, capability or name that it is about; empty where it is about the whole container.</param>
/// <param name="Evidence">What was seen; it is made one line of text by the rule.</param>
/// <param name="Status">Whether that is known to be wrong.</param>
internal sealed record DockerFinding(string Subject, string Evidence, CheckStatus Status = CheckStatus.Fail);

/// <summary>A command that puts something right, as a list of words.</summary>
/// <param name="Apply">The command.</param>
/// <param name="Undo">The one that takes it back; null where there is none.</param>
internal sealed record DockerFix(IReadOnlyList<string> Apply, IReadOnlyList<string>? Undo);
