using System.Globalization;
using System.Text;

namespace RePlexOn.Reports;

/// <summary>The mirror's size over the days, as a line.</summary>
/// <remarks>The drawing is stretched to its place, one unit a day wide and 100 high; its words are beside it, and so keep their size.</remarks>
internal static class SizeSection
{
    public static Html Write(IReadOnlyList<ReportDay> days)
    {
        long[] sizes = [.. days.Select(day => day.Bytes).OfType<long>()];
        if (sizes.Length == 0)
        {
            return Html.Of($"<section><h2>Size</h2><p class=\"none\">No backup has told its size yet.</p></section>\n");
        }

        SizeScale scale = SizeScale.For(sizes.Min(), sizes.Max());
        long change = sizes[^1] - sizes[0];
        string said = $"From {ReportText.Size(sizes[0])} to {ReportText.Size(sizes[^1])}.";
        return Html.Of($"""
            <section>
            <h2>Size</h2>
            <p class="note">{(change == 0 ? $"{ReportText.Size(sizes[^1])}, unchanged." : said)}{(scale.Low > 0 ? " The scale does not begin at zero." : "")}</p>
            <figure class="chart">
            <ol class="scale" aria-hidden="true">{scale.Marks.Reverse().Select(mark => Html.Of($"<li>{scale.Label(mark)}</li>"))}</ol>
            <svg viewBox="0 0 {days.Count} 100" preserveAspectRatio="none" role="img" aria-label="{$"Size of the mirror by day. {said}"}">
            {scale.Marks.Select(mark => Grid(scale, mark, days.Count))}
            <path class="line" d="{Line(days, scale)}"/>
            {days.Select((day, index) => Hint(day, index))}
            </svg>
            <div class="dates" aria-hidden="true">{Dates(days)}</div>
            </figure>
            </section>
            """);
    }

    private static Html Grid(SizeScale scale, long mark, int width) =>
        Html.Of($"<path class=\"grid\" d=\"M0 {scale.Height(mark):0.##}H{width}\"/>\n");

    private static string Line(IReadOnlyList<ReportDay> days, SizeScale scale)
    {
        var path = new StringBuilder();
        for (int index = 0; index < days.Count; index++)
        {
            if (days[index].Bytes is not { } bytes) continue;
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{index + 0.5:0.#} {scale.Height(bytes):0.##}");
            // A line of no length is drawn as a dot: one day alone is seen.
            if (index == 0 || days[index - 1].Bytes is null) path.Append("h0");
        }

        return path.ToString();
    }

    private static Html Hint(ReportDay day, int index) => Html.Of($"""
        <rect class="hint" x="{index}" y="0" width="1" height="100"><title>{ReportText.Day(day.Day)}: {ReportText.Size(day.Bytes)}, {ReportText.Count(day.Runs, "run")}, {ReportText.Size(day.BytesSent)} sent</title></rect>

        """);

    private static IEnumerable<Html> Dates(IReadOnlyList<ReportDay> days)
    {
        int parts = Math.Min(4, days.Count - 1);
        for (int part = 0; part <= parts; part++)
        {
            DateOnly day = days[parts == 0 ? 0 : (days.Count - 1) * part / parts].Day;
            yield return Html.Of($"<span>{(days.Count > 366 ? ReportText.Day(day) : ReportText.ShortDay(day))}</span>");
        }
    }
}
