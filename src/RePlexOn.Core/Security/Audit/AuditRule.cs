using RePlexOn.Checks;
using RePlexOn.Files;

namespace RePlexOn.Security.Audit;

/// <summary>One thing that the audit looks at.</summary>
/// <param name="Id">Stable, such as <c>RPX-NET-001</c>.</param>
/// <param name="Category">The field it belongs to.</param>
/// <param name="Title">How it should be.</param>
/// <param name="Severity">How grave it is when it is not so.</param>
/// <param name="Remediation">What to do then.</param>
/// <param name="Look">Looks.</param>
internal sealed record AuditRule(
    string Id, string Category, string Title, CheckSeverity Severity, string Remediation, Func<AuditFacts, AuditFinding> Look)
{
    /// <summary>Where the rule comes from; null where it is ours.</summary>
    public string? Reference { get; init; }

    /// <summary>What would put it right; null where RePlexOn does not do that by itself.</summary>
    public Func<AuditFacts, IEnumerable<Remedy>>? Fix { get; init; }

    /// <summary>Looks, and makes a check of what was found.</summary>
    public Check Apply(AuditFacts facts)
    {
        AuditFinding finding;
        try
        {
            finding = Look(facts);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            finding = AuditFinding.Unknown($"It could not be looked at: {trouble.Message}", "Run the audit as root.");
        }

        return ToCheck(finding);
    }

    /// <summary>The check of a finding.</summary>
    public Check ToCheck(AuditFinding finding) => new(
        Id, Title, Category, Severity, finding.Status, DisplayPath.Of(finding.Evidence),
        finding.Remediation ?? (finding.Status is CheckStatus.Fail or CheckStatus.Warning ? Remediation : ""), Reference);
}
