using RePlexOn.Snapshots;

namespace RePlexOn.Reports;

/// <summary>The snapshots on the target, and why each is kept; or why they are not known.</summary>
internal static class SnapshotsSection
{
    public static Html Write(BackupReport report) => Html.Of($"""
        <section>
        <h2>Snapshots</h2>
        {Content(report)}
        </section>
        """);

    private static Html Content(BackupReport report) => report switch
    {
        { SnapshotTrouble: { } trouble } => Html.Of(
            $"<p class=\"trouble\"><b>The target did not tell its snapshots.</b> {trouble.Message}</p>\n<p class=\"advice\">{trouble.Advice}</p>"),
        { Snapshots: null } => Html.Of($"<p class=\"none\">The target was not asked.</p>"),
        { Snapshots: [] } => Html.Of($"<p class=\"none\">There are none yet.</p>"),
        { Snapshots: var snapshots } => Table(snapshots),
    };

    private static Html Table(IReadOnlyList<PlexSnapshot> snapshots) => Html.Of($"""
        <table class="rows">
        <thead><tr><th scope="col">Name</th><th scope="col">Age</th><th scope="col">State</th><th scope="col" class="number">Size</th><th scope="col" class="number">Files</th><th scope="col" class="wide">Kept because</th></tr></thead>
        <tbody>
        {snapshots.Select(Row)}
        </tbody>
        </table>
        """);

    private static Html Row(PlexSnapshot snapshot) => Html.Of($"""
        <tr>
        <th scope="row">{snapshot.Name}</th>
        <td data-name="Age">{(snapshot.Age < TimeSpan.Zero ? "in the future" : ReportText.Age(snapshot.Age))}</td>
        <td><span class="tag {(snapshot.IsWhole ? "good" : "warn")}">{State(snapshot.State)}</span></td>
        <td class="number" data-name="Size">{ReportText.Size(snapshot.Bytes)}</td>
        <td class="number" data-name="Files">{(snapshot.Files is { } files ? ReportText.Count(files) : "–")}</td>
        <td class="wide">{(snapshot.KeptBecause.Length > 0 ? snapshot.KeptBecause : "no rule keeps it")}</td>
        </tr>

        """);

    private static string State(SnapshotState state) => state == SnapshotState.FirstSystem ? "First RePlexOn" : state.ToString();
}
