using RePlexOn.Statistics;

namespace RePlexOn.Reports;

/// <summary>How the runs of each kind went.</summary>
internal static class KindsSection
{
    public static Html Write(BackupStatistics statistics) => statistics.Kinds.Count == 0 ? Html.Empty : Html.Of($"""
        <section>
        <h2>Kinds</h2>
        <p class="note">{ReportText.Size(statistics.BytesSent)} went over the wire{(statistics.GrowthPerDay is null ? "" : $"; the copy {ReportText.Growth(statistics.GrowthPerDay)}")}.</p>
        <table class="rows kinds">
        <thead><tr><th scope="col">Kind</th><th scope="col" class="wide">How they ended</th><th scope="col" class="number">Success</th><th scope="col" class="number">On average</th><th scope="col" class="number">Longest</th></tr></thead>
        <tbody>
        {statistics.Kinds.Select(Row)}
        </tbody>
        </table>
        </section>
        """);

    private static Html Row(KindStatistics kind) => Html.Of($"""
        <tr>
        <th scope="row">{ReportText.Kind(kind.Kind)}</th>
        <td class="wide">{Bar(kind)}<span class="words">{Words(kind)}</span></td>
        <td class="number" data-name="Success">{ReportText.Share(kind.SuccessRate)}</td>
        <td class="number" data-name="On average">{ReportText.Duration(kind.MeanDuration)}</td>
        <td class="number" data-name="Longest">{ReportText.Duration(kind.LongestDuration)}</td>
        </tr>

        """);

    private static (string Tone, int Count, string Word)[] Parts(KindStatistics kind)
    {
        int others = kind.Runs - kind.Succeeded - kind.Warning - kind.Failed - kind.Interrupted - kind.Cancelled;
        return
        [
            .. new[]
            {
                ("good", kind.Succeeded, "good"), ("warn", kind.Warning, "with warnings"), ("bad", kind.Failed, "failed"),
                ("bad", kind.Interrupted, "interrupted"), ("calm", kind.Cancelled, "cancelled"), ("calm", others, "under way"),
            }.Where(part => part.Item2 > 0),
        ];
    }

    private static Html Bar(KindStatistics kind)
    {
        var pieces = new List<Html>();
        int left = 0;
        foreach ((string tone, int count, _) in Parts(kind))
        {
            pieces.Add(Html.Of($"<rect class=\"{tone}\" x=\"{left}\" width=\"{count}\" height=\"1\"/>"));
            left += count;
        }

        return Html.Of($"<svg class=\"bar\" viewBox=\"0 0 {left} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{pieces}</svg>");
    }

    private static string Words(KindStatistics kind) =>
        string.Join(", ", Parts(kind).Select(part => $"{ReportText.Count(part.Count)} {part.Word}"));
}
