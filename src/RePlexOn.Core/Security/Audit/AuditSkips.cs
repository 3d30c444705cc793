namespace RePlexOn.Security.Audit;

/// <summary>The checks that the user wants left out, each with his reason.</summary>
internal sealed class AuditSkips
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="entries">Each an id, a colon and the reason.</param>
    /// <exception cref="RePlexOnException"><c>AuditSkipInvalid</c>: an id that does not exist, or no reason.</exception>
    public AuditSkips(IReadOnlyList<string> entries)
    {
        foreach (string entry in entries)
        {
            string[] parts = entry.Split(':', 2, StringSplitOptions.TrimEntries);
            if (!AuditRules.All.Any(rule => rule.Id.Equals(parts[0], StringComparison.OrdinalIgnoreCase)))
            {
                throw new RePlexOnException(
                    "AuditSkipInvalid", ExitCode.Usage, "An entry of audit.skip names no check that there is.",
                    "Write each as an id, a colon and the reason: \"RPX-NET-006: watched from outside through the VPN only\".");
            }

            if (parts is not [_, { Length: > 0 }])
            {
                throw new RePlexOnException(
                    "AuditSkipInvalid", ExitCode.Usage, $"audit.skip names {parts[0]} and no reason.",
                    "Write the reason after the id and a colon: who reads the audit in a year must know why.");
            }

            _reasons[parts[0]] = parts[1];
        }
    }

    /// <summary>Why a check is left out; null for one that is not.</summary>
    public string? ReasonFor(string id) => _reasons.GetValueOrDefault(id);
}
