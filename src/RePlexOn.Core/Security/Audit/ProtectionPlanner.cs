using RePlexOn.Checks;
using RePlexOn.Files;

namespace RePlexOn.Security.Audit;

/// <summary>Makes changes of what an audit found.</summary>
internal static class ProtectionPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="facts">What was seen.</param>
    /// <param name="rules">The rules that were chosen.</param>
    /// <param name="includeWarnings">Whether warnings are put right too.</param>
    public static ProtectionPlan Plan(AuditFacts facts, IReadOnlyList<AuditRule> rules, bool includeWarnings)
    {
        var wanted = new List<(AuditRule Rule, Remedy Remedy)>();
        var left = new List<Check>();
        foreach (AuditRule rule in rules)
        {
            Check check = rule.Apply(facts);
            if (check.Status is not (CheckStatus.Fail or CheckStatus.Warning)) continue;

            bool isMeant = check.Status == CheckStatus.Fail || includeWarnings;
            Remedy[] remedies = isMeant && rule.Fix is { } fix ? [.. fix(facts).Where(remedy => Current(facts, remedy) != remedy.After)] : [];
            if (remedies.Length == 0) left.Add(check);
            else wanted.AddRange(remedies.Select(remedy => (rule, remedy)));
        }

        return new ProtectionPlan([.. wanted.GroupBy(one => (one.Remedy.Kind, one.Remedy.Subject)).Select(group => Merge(facts, [.. group]))], left);
    }

    private static ProtectionChange Merge(AuditFacts facts, (AuditRule Rule, Remedy Remedy)[] group)
    {
        Remedy first = group[0].Remedy;
        string after = group.Select(one => one.Remedy.After).Aggregate((one, other) => first.Kind == ProtectionKind.FileMode ? BothModes(one, other) : BothLists(one, other));
        return new ProtectionChange(
            string.Join(", ", group.Select(one => one.Rule.Id)), group[0].Rule.Title, first.Kind, first.Subject, Current(facts, first), after);
    }

    // Each takes something away: what both leave is right by both.
    private static string BothModes(string one, string other) => FileLook.Octal((UnixFileMode)(Convert.ToInt32(one, 8) & Convert.ToInt32(other, 8)));

    private static string BothLists(string one, string other) => string.Join(',', one.Split(',').Intersect(other.Split(','), StringComparer.Ordinal));

    private static string? Current(AuditFacts facts, Remedy remedy) => remedy.Kind == ProtectionKind.Setting
        ? facts.Settings?.Set(remedy.Subject)
        : FileStatus.Read(remedy.Subject) is { } status ? FileLook.Octal(status.Mode) : null;
}
