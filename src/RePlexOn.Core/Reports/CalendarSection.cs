namespace RePlexOn.Reports;

/// <summary>A calendar of the days, month by month, with how each went.</summary>
internal static class CalendarSection
{
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private static readonly (ReportDayState State, string Name)[] Legend =
    [
        (ReportDayState.Good, "good"), (ReportDayState.Warning, "good, with warnings"), (ReportDayState.Mixed, "good and bad runs"),
        (ReportDayState.Bad, "failed"), (ReportDayState.Missed, "due, and not begun"), (ReportDayState.None, "nothing to do"),
    ];

    public static Html Write(IReadOnlyList<ReportDay> days)
    {
        var seen = days.Select(day => day.State).ToHashSet();
        return Html.Of($"""
            <section>
            <h2>Days</h2>
            <ul class="legend">{Legend.Where(one => seen.Contains(one.State)).Select(one => Html.Of($"<li><span class=\"day {Class(one.State)}\" aria-hidden=\"true\"></span>{one.Name}: {ReportText.Count(days.Count(day => day.State == one.State))}</li>\n"))}</ul>
            <div class="months">
            {days.GroupBy(day => (day.Day.Year, day.Day.Month)).Select(month => Month([.. month]))}
            </div>
            </section>
            """);
    }

    private static Html Month(ReportDay[] days)
    {
        // Weeks begin on Monday, as the retention rules have them.
        IEnumerable<IGrouping<int, ReportDay>> weeks = days.GroupBy(day => (day.Day.DayNumber - Column(day.Day)) / 7);
        return Html.Of($"""
            <table class="month">
            <caption>{ReportText.Month(days[0].Day)}</caption>
            <thead><tr>{Weekdays.Select(name => Html.Of($"<th scope=\"col\" abbr=\"{name}\">{name[..1]}</th>"))}</tr></thead>
            <tbody>
            {weeks.Select(week => Html.Of($"<tr>{Enumerable.Range(0, 7).Select(column => Cell(week.FirstOrDefault(day => Column(day.Day) == column)))}</tr>\n"))}
            </tbody>
            </table>

            """);
    }

    private static Html Cell(ReportDay? day) => day is null
        ? Html.Of($"<td></td>")
        : Html.Of($"<td><span class=\"day {Class(day.State)}\" title=\"{Words(day)}\">{day.Day.Day}<span class=\"unseen\"> {Name(day.State)}</span></span></td>");

    private static string Words(ReportDay day)
    {
        string runs = day.Runs == 0 ? "no runs" : $"{ReportText.Count(day.Runs, "run")}, {ReportText.Count(day.Failed)} failed";
        return $"{ReportText.Day(day.Day)}: {Name(day.State)} ({runs})";
    }

    private static string Name(ReportDayState state) => Array.Find(Legend, one => one.State == state).Name;

    private static string Class(ReportDayState state) => state switch
    {
        ReportDayState.Good => "good",
        ReportDayState.Warning => "warn",
        ReportDayState.Mixed => "mixed",
        ReportDayState.Bad => "bad",
        ReportDayState.Missed => "missed",
        _ => "idle",
    };

    private static int Column(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;
}
