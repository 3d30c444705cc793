using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>Runs that both the log and the first system's database tell of: the log saw them, the database was told.</summary>
internal static class ToldTwice
{
    // A run that was started from the web page has its row in the database moments before its script begins.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Takes out of the history what came from the database and the log tells too.</summary>
    /// <param name="ledger">The history.</param>
    /// <param name="mirrors">What it holds: <see cref="ImportLedger.Mirrors"/>.</param>
    /// <returns>What it holds then.</returns>
    public static IReadOnlyList<ToldRun> Remove(ImportLedger ledger, IReadOnlyList<ToldRun> mirrors)
    {
        if (!mirrors.Any(run => run.Origin == ImportOrigin.Database)) return mirrors;

        var log = new LogTimes(mirrors);
        return [.. mirrors.Where(run => run.Origin != ImportOrigin.Database || !log.Tells(run.StartedAt) || !ledger.Remove(run.Id))];
    }

    /// <summary>The times at which runs began that a log tells of, or that are RePlexOn's own.</summary>
    internal sealed class LogTimes
    {
        private readonly List<DateTime> _moments = [];
        private readonly List<DateTime> _clocks = [];

        public LogTimes(IEnumerable<ToldRun> mirrors)
        {
            foreach (ToldRun run in mirrors.Where(run => run.Origin is null or ImportOrigin.Log))
            {
                _moments.Add(run.StartedAt.UtcDateTime);
                _clocks.Add(run.StartedAt.DateTime);
            }

            _moments.Sort();
            _clocks.Sort();
        }

        /// <summary>
        /// Whether one began then, by the moment or by the clock on the wall: the database knows no zones, and took the
        /// digits of the log as they are.
        /// </summary>
        public bool Tells(DateTimeOffset moment) => IsNear(_moments, moment.UtcDateTime) || IsNear(_clocks, moment.DateTime);

        private static bool IsNear(List<DateTime> times, DateTime time)
        {
            int next = times.BinarySearch(time - Tolerance);
            if (next < 0) next = ~next;
            return next < times.Count && times[next] <= time + Tolerance;
        }
    }
}
