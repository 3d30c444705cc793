using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What a rule found.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Evidence">What was seen; it is made one line of text by the rule.</param>
internal sealed record AuditFinding(CheckStatus Status, string Evidence)
{
    /// <summary>What to do, where that is not what the rule says in general.</summary>
    public string? Remediation { get; init; }

    public static AuditFinding Pass(string evidence) => new(CheckStatus.Pass, evidence);

    public static AuditFinding Fail(string evidence) => new(CheckStatus.Fail, evidence);

    public static AuditFinding Warning(string evidence) => new(CheckStatus.Warning, evidence);

    public static AuditFinding NotApplicable(string evidence) => new(CheckStatus.NotApplicable, evidence);

    /// <summary>It could not be found out.</summary>
    /// <param name="evidence">Why.</param>
    /// <param name="remediation">How it could be; empty where nothing helps.</param>
    public static AuditFinding Unknown(string evidence, string remediation = "") => new(CheckStatus.Unknown, evidence) { Remediation = remediation };
}
