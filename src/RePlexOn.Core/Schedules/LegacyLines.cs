namespace RePlexOn.Schedules;

/// <summary>
/// Finds the lines by which cron starts the first system's scripts. They are shown, with what would take their place;
/// they are the user's, and stay as they are.
/// </summary>
internal static class LegacyLines
{
    private static readonly IReadOnlyDictionary<string, ScheduleJob> Scripts = new Dictionary<string, ScheduleJob>(StringComparer.Ordinal)
    {
        ["backup-plex.sh"] = ScheduleJob.Mirror,
        ["cleanup-plex-snapshots.sh"] = ScheduleJob.Prune,
        ["backup-scripts.sh"] = ScheduleJob.ConfigBackup,
    };

    private static readonly char[] WordEnds = [' ', '\t', '"', '\'', ';', '&', '|', '(', ')', '>', '<'];

    /// <summary>The lines of a crontab that start a script of the first system.</summary>
    public static IEnumerable<(ScheduleJob Job, CrontabLine Line)> Find(CrontabText crontab, bool hasUser) =>
        from line in crontab.OtherLines()
        let read = CrontabLine.Read(line, hasUser)
        where read is not null
        let job = JobOf(read.Command)
        where job is not null
        select (job.Value, read);

    /// <summary>What the user can do to have RePlexOn take the line's place.</summary>
    public static string OfferFor(ScheduleJob job, CronExpression expression, string where) =>
        $"`replexon schedule add {ScheduledWork.NameOf(job)} '{expression}'` does this job at the same times. "
        + $"Then take the old line out of {where} yourself.";

    private static ScheduleJob? JobOf(string command)
    {
        foreach (string word in command.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Scripts.TryGetValue(Path.GetFileName(word), out ScheduleJob job)) return job;
        }

        return null;
    }
}
