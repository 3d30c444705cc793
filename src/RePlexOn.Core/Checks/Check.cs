namespace RePlexOn.Checks;

/// <summary>One thing that was looked at, and what was found.</summary>
/// <param name="Id">Stable, such as <c>RPX-CFG-001</c>; scripts and skips name it.</param>
/// <param name="Title">What is looked at.</param>
/// <param name="Category">The field it belongs to.</param>
/// <param name="Severity">How grave it is when it fails.</param>
/// <param name="Status">What was found.</param>
/// <param name="Evidence">What was seen; never a secret.</param>
/// <param name="Remediation">What to do; empty where nothing is to be done.</param>
/// <param name="Reference">Where the rule comes from; null where it is ours.</param>
public sealed record Check(
    string Id, string Title, string Category, CheckSeverity Severity, CheckStatus Status,
    string Evidence, string Remediation, string? Reference = null)
{
    /// <summary>What it found the last time; null where that is not known.</summary>
    public CheckStatus? PreviousStatus { get; init; }
}

/// <summary>How grave a failed check is.</summary>
public enum CheckSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Little harm.</summary>
    Low,

    /// <summary>Some harm, or much under rare conditions.</summary>
    Medium,

    /// <summary>Much harm.</summary>
    High,

    /// <summary>Data or server are at risk now.</summary>
    Critical,
}

/// <summary>What a check found.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>Not as it should be.</summary>
    Fail,

    /// <summary>Works, and wants attention.</summary>
    Warning,

    /// <summary>Does not concern this machine.</summary>
    NotApplicable,

    /// <summary>Could not be found out. Unknown is not Pass.</summary>
    Unknown,
}
