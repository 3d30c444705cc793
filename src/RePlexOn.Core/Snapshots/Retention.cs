using System.Globalization;

namespace RePlexOn.Snapshots;

/// <summary>
/// Decides which snapshots stay. Periods are those of the calendar on the clock that each snapshot was made by, and
/// only periods that hold a snapshot count, as with restic's <c>forget</c>
/// (https://restic.readthedocs.io/en/stable/060_forget.html). Beyond restic: only whole snapshots count, the newest
/// whole one always stays, and one that is dated in the future stays without taking another one's place.
/// </summary>
public static class Retention
{
    private const string NoRuleKeepsIt = "no rule keeps it";

    /// <summary>How long a partial snapshot stays: another machine may be making it.</summary>
    public static TimeSpan PartialGrace { get; } = TimeSpan.FromHours(24);

    /// <summary>Decides.</summary>
    /// <param name="snapshots">All snapshots of a target, in any order.</param>
    /// <param name="rules">The rules; where none is set, all stay.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>A decision for each, the newest first.</returns>
    public static IReadOnlyList<RetentionDecision> Decide(
        IReadOnlyList<PlexSnapshot> snapshots, RetentionRules rules, DateTimeOffset now)
    {
        PlexSnapshot[] newestFirst =
            [.. snapshots.OrderByDescending(one => one.TakenAt).ThenByDescending(one => one.Name, StringComparer.Ordinal)];
        PlexSnapshot[] counted = [.. newestFirst.Where(one => one.IsWhole && one.TakenAt <= now)];
        Dictionary<string, List<string>> reasons = ReasonsOfRules(counted, rules);
        foreach (PlexSnapshot newest in NewestWhole(counted)) reasons[newest.Name].Add("newest whole");

        return [.. newestFirst.Select(one => rules.IsEmpty
            ? Decision(one, isKept: true, "no retention rule is set")
            : reasons.TryGetValue(one.Name, out List<string>? why)
                ? Decision(one, why.Count > 0, why.Count > 0 ? string.Join(", ", why) : NoRuleKeepsIt)
                : DecideUncounted(one, now))];
    }

    private static Dictionary<string, List<string>> ReasonsOfRules(PlexSnapshot[] counted, RetentionRules rules)
    {
        long order = 0;
        RetentionPeriods[] periods =
        [
            new("last", rules.KeepLast, _ => ++order),
            new("hourly", rules.KeepHourly, time => time.Ticks / TimeSpan.TicksPerHour),
            new("daily", rules.KeepDaily, time => time.Ticks / TimeSpan.TicksPerDay),
            new("weekly", rules.KeepWeekly, time => (ISOWeek.GetYear(time) * 100) + ISOWeek.GetWeekOfYear(time)),
            new("monthly", rules.KeepMonthly, time => (time.Year * 12) + time.Month),
            new("yearly", rules.KeepYearly, time => time.Year),
        ];
        var reasons = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (int i = 0; i < counted.Length; i++)
        {
            PlexSnapshot snapshot = counted[i];
            List<string> why = reasons[snapshot.Name] = [];
            if (rules.KeepWithin is { } span && counted[0].TakenAt - snapshot.TakenAt < span) why.Add($"within {Text(span)}");
            foreach (RetentionPeriods rule in periods)
            {
                if (rule.ReasonToKeep(snapshot.TakenAt.DateTime, i == counted.Length - 1) is { } reason) why.Add(reason);
            }
        }

        return reasons;
    }

    // A snapshot without a manifest is taken as whole on trust; it must not be the only one to stay.
    private static IEnumerable<PlexSnapshot> NewestWhole(PlexSnapshot[] counted)
    {
        PlexSnapshot?[] newest = [counted.FirstOrDefault(), counted.FirstOrDefault(one => one.State == SnapshotState.Whole)];
        return newest.OfType<PlexSnapshot>().Distinct();
    }

    private static RetentionDecision DecideUncounted(PlexSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.TakenAt > now) return Decision(snapshot, isKept: true, "dated in the future");
        if (snapshot.State == SnapshotState.Unreadable) return Decision(snapshot, isKept: true, "its manifest says nothing of it");
        return now - snapshot.TakenAt < PartialGrace
            ? Decision(snapshot, isKept: true, $"partial, but less than a day old")
            : Decision(snapshot, isKept: false, "partial");
    }

    private static RetentionDecision Decision(PlexSnapshot snapshot, bool isKept, string reason) =>
        new(snapshot.Name, snapshot.TakenAt, snapshot.State, isKept, reason);

    private static string Text(TimeSpan span) => (span.Ticks % TimeSpan.TicksPerDay, span.Days) switch
    {
        (0, 1) => "1 day",
        (0, var days) => string.Create(CultureInfo.InvariantCulture, $"{days} days"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
    };
}
