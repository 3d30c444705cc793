using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Statistics;

namespace RePlexOn.Alerts;

/// <summary>How the week went. It comes when all is well too: a week without it says that alerts do not arrive.</summary>
/// <param name="history">What happened.</param>
/// <param name="time">The clock, and the zone that weeks go by.</param>
internal sealed class WeeklyDigest(HistoryStore history, TimeProvider time)
{
    /// <summary>What the digests' alerts are filed under.</summary>
    public const string Topic = "Week";

    private const int RunsShown = 30;

    /// <summary>The day from which on the newest digest was due.</summary>
    /// <param name="day">The weekday that is set, other than Never.</param>
    /// <param name="today">Today.</param>
    public static DateOnly DueOn(DigestDay day, DateOnly today)
    {
        var first = (DayOfWeek)((int)day % 7); // Monday is 1 for both, and Sunday 7 here and 0 there
        return today.AddDays(-(((int)today.DayOfWeek - (int)first + 7) % 7));
    }

    /// <summary>The name under which the digest that is due now is told once.</summary>
    public string Name(DigestDay day)
    {
        DateOnly due = DueOn(day, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        return string.Create(CultureInfo.InvariantCulture, $"Week from {due:yyyy-MM-dd}");
    }

    /// <summary>Writes a digest of the seven days before now.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="status">How the backup stands.</param>
    public Alert Write(string name, BackupStatus status)
    {
        DateTimeOffset now = time.GetLocalNow();
        BackupRun[] runs = [.. history.Query(new RunQuery { After = now.AddDays(-7) })];
        BackupStatistics figures = RunStatistics.Measure(runs);
        int failed = figures.Kinds.Sum(kind => kind.Failed + kind.Interrupted);
        int alerts = new AlertHistory(history).Newest(100).Count(alert => alert.Alert.IsTrouble && alert.At > now.AddDays(-7));
        bool isWell = status.Health is BackupHealth.Healthy or BackupHealth.Running;
        var writer = new AlertWriter(history, time);
        return new Alert
        {
            Kind = AlertKind.Digest,
            Topic = Topic,
            Trouble = name,
            At = now,
            Title = isWell ? "The backups are well" : $"The backups want attention: {status.Health}",
            Text = status.Summary + (runs.Length == 0 ? " There was no run at all in the last seven days." : ""),
            Advice = isWell ? null : "See what the alert of it said (replexon alert list), or how it stands now (replexon status).",
            Facts = AlertWriter.Known(
                ("Last good copy", writer.Ago(status.LastGoodAt)),
                ("In the copy", status.Files is { } files ? $"{files} files, {ByteSize.Format(status.Bytes ?? 0)}" : null),
                ("Runs in 7 days", string.Create(CultureInfo.InvariantCulture, $"{figures.Runs}, of which {failed} failed")),
                ("Sent in 7 days", ByteSize.Format(figures.BytesSent)),
                ("Alerts in 7 days", alerts.ToString(CultureInfo.InvariantCulture)),
                ("Proved good", writer.Ago(status.LastVerifiedAt)),
                ("Next due", AlertWriter.Moment(status.NextDueAt) ?? "no backup is scheduled")),
            Lines = [.. runs.Take(RunsShown).Reverse().Select(AlertWriter.LineOf)],
            LinesTitle = "The runs of the last seven days",
        };
    }
}
