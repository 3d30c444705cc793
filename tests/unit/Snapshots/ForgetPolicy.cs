using System.Globalization;
using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

/// <summary>
/// restic's forget policy, written down from its manual as plainly as can be: for each rule, walk from the newest to
/// the oldest and take the first one of each stretch of equal calendar text until as many are taken as the rule says;
/// where there are fewer, take the oldest too.
/// </summary>
internal static class ForgetPolicy
{
    /// <summary>The names that stay, out of snapshots that all count.</summary>
    public static HashSet<string> Keep(IEnumerable<PlexSnapshot> snapshots, RetentionRules rules)
    {
        List<PlexSnapshot> list = [.. snapshots.OrderBy(one => one.TakenAt.UtcTicks).ThenBy(one => one.Name, StringComparer.Ordinal)];
        list.Reverse();
        var kept = new HashSet<string>();
        if (list.Count == 0) return kept;

        kept.UnionWith(list.Take(rules.KeepLast < 0 ? int.MaxValue : rules.KeepLast).Select(one => one.Name));
        kept.UnionWith(OfEach(list, rules.KeepHourly, time => time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture)));
        kept.UnionWith(OfEach(list, rules.KeepDaily, time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        kept.UnionWith(OfEach(list, rules.KeepWeekly, Monday));
        kept.UnionWith(OfEach(list, rules.KeepMonthly, time => time.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
        kept.UnionWith(OfEach(list, rules.KeepYearly, time => time.ToString("yyyy", CultureInfo.InvariantCulture)));
        if (rules.KeepWithin is { } span)
        {
            DateTime since = list[0].TakenAt.UtcDateTime - span;
            kept.UnionWith(list.Where(one => one.TakenAt.UtcDateTime > since).Select(one => one.Name));
        }

        return kept;
    }

    private static List<string> OfEach(List<PlexSnapshot> newestFirst, int periods, Func<DateTime, string> calendar)
    {
        var taken = new List<string>();
        string? before = null;
        foreach (PlexSnapshot one in newestFirst)
        {
            if (taken.Count == periods) return taken;
            string now = calendar(one.TakenAt.DateTime);
            if (now != before) taken.Add(one.Name);
            before = now;
        }

        if (taken.Count != periods && !taken.Contains(newestFirst[^1].Name)) taken.Add(newestFirst[^1].Name);
        return taken;
    }

    private static string Monday(DateTime time)
    {
        DateTime day = time.Date;
        while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(-1);
        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
