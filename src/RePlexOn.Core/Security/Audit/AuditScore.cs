using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>Makes one number of many checks.</summary>
internal static class AuditScore
{
    /// <summary>The score; see <see cref="SecurityAuditResult.Score"/>.</summary>
    public static int? Of(IReadOnlyList<Check> checks)
    {
        int reached = 0, possible = 0;
        foreach (Check check in checks.Where(check => check.Status != CheckStatus.NotApplicable))
        {
            possible += 2 * Weight(check.Severity);
            reached += check.Status switch
            {
                CheckStatus.Pass => 2 * Weight(check.Severity),
                CheckStatus.Warning => Weight(check.Severity),
                _ => 0,
            };
        }

        // Rounded down: 100 means that all passed.
        return possible == 0 ? null : reached * 100 / possible;
    }

    private static int Weight(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Critical => 16,
        CheckSeverity.High => 8,
        CheckSeverity.Medium => 4,
        CheckSeverity.Low => 1,
        _ => 0,
    };
}
