using RePlexOn.History;

namespace RePlexOn.Reports;

/// <summary>The newest runs, with what they said.</summary>
internal static class RunsSection
{
    private const int MostWarnings = 5;

    public static Html Write(BackupReport report) => Html.Of($"""
        <section>
        <h2>Recent runs</h2>
        {(report.Runs.Count == 0 ? Html.Of($"<p class=\"none\">Nothing has run yet.</p>") : Table(report.Runs))}
        </section>
        """);

    private static Html Table(IReadOnlyList<BackupRun> runs) => Html.Of($"""
        <table class="rows runs">
        <thead><tr><th scope="col">Began</th><th scope="col">Kind</th><th scope="col">Ended</th><th scope="col" class="number">Took</th><th scope="col" class="wide">What it said</th></tr></thead>
        <tbody>
        {runs.Select(Row)}
        </tbody>
        </table>
        """);

    private static Html Row(BackupRun run) => Html.Of($"""
        <tr>
        <th scope="row"><time>{ReportText.Minute(run.StartedAt)}</time></th>
        <td>{ReportText.Kind(run.Kind)}</td>
        <td><span class="tag {ReportText.Tone(run.Status)}">{run.Status.ToString()}</span></td>
        <td class="number" data-name="Took">{(run.Status == RunStatus.Running ? "–" : ReportText.Duration(run.Duration))}</td>
        <td class="wide">{run.Message}{Advice(run)}{Warnings(run)}</td>
        </tr>

        """);

    private static Html Advice(BackupRun run) =>
        string.IsNullOrEmpty(run.Advice) ? Html.Empty : Html.Of($"<p class=\"advice\">{run.Advice}</p>");

    private static Html Warnings(BackupRun run)
    {
        if (run.Warnings.Count == 0) return Html.Empty;

        int more = run.Warnings.Count - MostWarnings;
        return Html.Of($"<ul class=\"warnings\">{run.Warnings.Take(MostWarnings).Select(warning => Html.Of($"<li>{warning}</li>"))}{(more > 0 ? Html.Of($"<li>and {ReportText.Count(more)} more</li>") : Html.Empty)}</ul>");
    }
}
