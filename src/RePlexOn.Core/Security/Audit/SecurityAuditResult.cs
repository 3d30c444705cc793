using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What an audit found.</summary>
public sealed record SecurityAuditResult
{
    /// <summary>The checks, by category; each with what the last audit found, as far as the history knows.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the last one was made; null where the history knows none.</summary>
    public DateTimeOffset? PreviousAt { get; init; }

    /// <summary>The data directory, or the file, that was looked at; null where none was found.</summary>
    public string? Source { get; init; }

    /// <summary>The server's version; null where it is not known.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>What is to be told besides, such as that the history could not be written.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// 0 to 100: the share of the weight of what passed in the weight of all that concerns this machine. Warnings count
    /// half. What is unknown counts nothing, as what failed. Null where nothing has weight.
    /// </summary>
    public int? Score => AuditScore.Of(Checks);

    /// <summary>What stands otherwise than the last time.</summary>
    public IReadOnlyList<Check> Changed => [.. Checks.Where(check => check.PreviousStatus is { } before && before != check.Status)];

    /// <summary>
    /// Whether nothing failed, and nothing is unknown but what nobody can know here (which has the severity
    /// <see cref="CheckSeverity.Info"/>).
    /// </summary>
    public bool IsSound => Checks.All(check =>
        check.Status != CheckStatus.Fail && (check.Status != CheckStatus.Unknown || check.Severity == CheckSeverity.Info));

    /// <summary>0 where nothing failed, else 20 to 24 by the gravest that did.</summary>
    public ExitCode ExitCode => Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => (CheckSeverity?)check.Severity).Max() switch
    {
        null => ExitCode.Succeeded,
        CheckSeverity.Info => ExitCode.FoundInfo,
        CheckSeverity.Low => ExitCode.FoundLow,
        CheckSeverity.Medium => ExitCode.FoundMedium,
        CheckSeverity.High => ExitCode.FoundHigh,
        _ => ExitCode.FoundCritical,
    };

    /// <summary>How many checks stand so.</summary>
    public int Count(CheckStatus status) => Checks.Count(check => check.Status == status);
}
