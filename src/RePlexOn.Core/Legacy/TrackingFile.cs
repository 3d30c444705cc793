using System.Globalization;
using System.Text;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>One line of the first system's tracking file: a run of a day, and how it ended.</summary>
/// <param name="Day">The day on which it began.</param>
/// <param name="IsGood">Whether it ended well.</param>
internal sealed record TrackedRun(DateOnly Day, bool IsGood);

/// <summary>The first system's tracking file, a line for each backup: <c>2026-02-20:success</c>.</summary>
internal static class TrackingFile
{
    private const int DayLength = 10;

    /// <summary>Where it lies beside a log: <c>plex-backup-tracking.log</c> beside <c>plex-backup.log</c>.</summary>
    public static string BesideLog(string log) => Path.Combine(
        Path.GetDirectoryName(log) ?? "/", Path.GetFileNameWithoutExtension(log) + "-tracking" + Path.GetExtension(log));

    /// <summary>Its lines; what is none is passed over.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c>.</exception>
    public static IReadOnlyList<TrackedRun> Read(string path)
    {
        using var log = LogText.Open(path);
        using var reader = new StreamReader(log.Stream, Encoding.Latin1);
        var runs = new List<TrackedRun>();
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line.Replace("\0", "", StringComparison.Ordinal).Trim()) is { } run) runs.Add(run);
        }

        return runs;
    }

    /// <summary>
    /// Adds to the history those runs that nothing else tells of, and takes those away that something else does by now.
    /// </summary>
    /// <param name="ledger">The history.</param>
    /// <param name="mirrors">What it holds: <see cref="ImportLedger.Mirrors"/>.</param>
    /// <param name="tracked">What was tracked.</param>
    /// <param name="underWay">Days with a run in the log that has not ended: its line may be here already.</param>
    /// <param name="dates">Knows the zone.</param>
    /// <returns>How many were added, how many were there before, and how many were taken away.</returns>
    public static (int Added, int Known, int Removed) Reconcile(
        ImportLedger ledger, IReadOnlyList<ToldRun> mirrors, IEnumerable<TrackedRun> tracked, IReadOnlySet<DateOnly> underWay, LogDates dates)
    {
        HashSet<string> there = [.. mirrors.Where(run => run.Origin == ImportOrigin.Tracking).Select(run => run.Id)];
        Dictionary<TrackedRun, int> told = Count(mirrors.Where(run => run.Origin != ImportOrigin.Tracking));
        int added = 0, known = 0, removed = 0;
        foreach (IGrouping<TrackedRun, TrackedRun> same in tracked.Where(run => !underWay.Contains(run.Day)).GroupBy(run => run))
        {
            int lines = same.Count(), wanted = lines - told.GetValueOrDefault(same.Key);
            for (int number = 1; number <= lines; number++)
            {
                if (number > wanted && there.Count == 0) break;

                string id = IdOf(same.Key, number);
                if (number > wanted) removed += there.Contains(id) && ledger.Remove(id) ? 1 : 0;
                else if (!there.Contains(id) && ledger.Add(RowOf(id, same.Key, dates), ImportOrigin.Tracking)) added++;
                else known++;
            }
        }

        return (added, known, removed);
    }

    /// <summary>How many lines of the tracking file runs of the history stand for.</summary>
    public static Dictionary<TrackedRun, int> Count(IEnumerable<ToldRun> mirrors) => mirrors
        .Where(run => run.Status != RunStatus.Interrupted)
        .GroupBy(run => new TrackedRun(run.Day, IsTrackedAsGood(run))).ToDictionary(group => group.Key, group => group.Count());

    private static string IdOf(TrackedRun run, int number) => ImportedId.Of(
        "tracking", run.Day.ToString("O", CultureInfo.InvariantCulture), run.IsGood ? "success" : "failed",
        number.ToString(CultureInfo.InvariantCulture));

    private static BackupRun RowOf(string id, TrackedRun run, LogDates dates) =>
        FinishedRun.OfDay(id, dates.AtHome(run.Day.ToDateTime(TimeOnly.MinValue)), run.IsGood);

    // To the first system a run with vanished files had failed.
    private static bool IsTrackedAsGood(ToldRun run) => run.Origin == ImportOrigin.Log ? run.Status == RunStatus.Succeeded : run.IsGood;

    private static TrackedRun? Parse(string line)
    {
        if (line.Length <= DayLength || line[DayLength] != ':') return null;
        if (!DateOnly.TryParseExact(line.AsSpan(0, DayLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return null;

        return line[(DayLength + 1)..].Trim() switch
        {
            "success" => new TrackedRun(day, IsGood: true),
            "failed" => new TrackedRun(day, IsGood: false),
            _ => null,
        };
    }
}
