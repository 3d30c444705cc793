using RePlexOn.Backup;
using RePlexOn.History;

namespace RePlexOn.Reports;

/// <summary>How the backup stands, in a headline, a sentence and a few figures.</summary>
internal static class StatusSection
{
    public static Html Write(BackupReport report)
    {
        BackupStatus status = report.Status;
        return Html.Of($"""
            <header>
            <p class="kicker">Plex backup <span>{report.Host}</span> <time>{ReportText.Minute(report.MadeAt)}</time></p>
            <h1 class="{ReportText.Tone(status.Health)}"><span class="dot"></span>{ReportText.Headline(status.Health)}</h1>
            <p class="lead">{status.Summary}</p>
            {Advice(status)}
            </header>
            <section aria-label="Key figures">
            <dl class="figures">
            {Figure("Last good copy", LastGood(status), status.LastGoodAt is null ? "none has ended well" : ReportText.Minute(status.LastGoodAt))}
            {Figure("In the copy", ReportText.Size(status.Bytes), status.Files is { } files ? ReportText.Count(files, "file") : "")}
            {Figure($"Success, {ReportText.Count(report.Days.Count, "day")}", ReportText.Share(report.Statistics.SuccessRate), Runs(report))}
            {Figure("Next backup", NextDay(report), NextTime(status))}
            {Figure("Proved good", Verified(report), status.LastVerification is { } last ? ReportText.Minute(last.EndedAt) : "replexon verify proves it")}
            </dl>
            <dl class="places">
            <div><dt>From</dt><dd class="path">{status.Source ?? "not set"}</dd></div>
            <div><dt>To</dt><dd class="path">{status.Target ?? "not set"}</dd></div>
            </dl>
            </section>
            """);
    }

    private static Html Figure(string name, string value, string note) =>
        Html.Of($"<div><dt>{name}</dt><dd><b>{value}</b> <span>{note}</span></dd></div>\n");

    private static Html Advice(BackupStatus status)
    {
        BackupRun? bad = status.Health switch
        {
            BackupHealth.Failing when status.LastVerification is { ExitCode: ExitCode.VerificationFailed } damaged && damaged.Message == status.Summary => damaged,
            BackupHealth.Failing => status.Jobs.FirstOrDefault(job => job.Health == BackupHealth.Failing)?.LastRun,
            _ => null,
        };
        return bad?.Advice is { Length: > 0 } advice ? Html.Of($"<p class=\"advice\"><b>What to do.</b> {advice}</p>") : Html.Empty;
    }

    private static string LastGood(BackupStatus status) => status.Age is { } age ? $"{ReportText.Age(age)} ago" : "Never";

    private static string Runs(BackupReport report) =>
        $"{ReportText.Count(report.Statistics.Runs, "run")}, {ReportText.Count(report.Days.Sum(day => day.Failed))} failed";

    private static string NextDay(BackupReport report)
    {
        if (report.Status.NextDueAt is not { } next) return "Not scheduled";

        int days = DateOnly.FromDateTime(next.DateTime).DayNumber - DateOnly.FromDateTime(report.MadeAt.DateTime).DayNumber;
        return days switch { 0 => "Today", 1 => "Tomorrow", _ => $"In {ReportText.Count(days, "day")}" };
    }

    private static string NextTime(BackupStatus status) =>
        status.NextDueAt is null ? "replexon schedule add mirror" : ReportText.Minute(status.NextDueAt);

    private static string Verified(BackupReport report) => report.Status switch
    {
        { LastVerification.ExitCode: ExitCode.VerificationFailed } => "Not good",
        { LastVerifiedAt: { } moment } => $"{ReportText.Age(report.MadeAt - moment)} ago",
        _ => "Not yet",
    };
}
