using RePlexOn.Schedules;

namespace RePlexOn.Reports;

/// <summary>What runs by itself.</summary>
internal static class SchedulesSection
{
    public static Html Write(IReadOnlyList<BackupSchedule> schedules) => Html.Of($"""
        <section>
        <h2>Schedules</h2>
        {(schedules.Count == 0 ? Html.Of($"<p class=\"none\">Nothing runs by itself. <code>replexon schedule add mirror</code> would back up each night.</p>") : Table(schedules))}
        </section>
        """);

    private static Html Table(IReadOnlyList<BackupSchedule> schedules) => Html.Of($"""
        <table class="rows">
        <thead><tr><th scope="col">Job</th><th scope="col" class="wide">When</th><th scope="col">Next</th><th scope="col">In</th></tr></thead>
        <tbody>
        {schedules.Select(Row)}
        </tbody>
        </table>
        """);

    private static Html Row(BackupSchedule schedule) => Html.Of($"""
        <tr>
        <th scope="row">{Name(schedule.Job)}</th>
        <td class="wide">{schedule.Description}{(schedule.IsLegacy ? Html.Of($"<p class=\"advice\">A line of the first RePlexOn. {schedule.Offer}</p>") : Html.Empty)}</td>
        <td data-name="Next">{ReportText.Minute(schedule.Next)}</td>
        <td class="path">{schedule.Location}</td>
        </tr>

        """);

    private static string Name(ScheduleJob job) => job switch
    {
        ScheduleJob.Mirror => "Backup",
        ScheduleJob.Prune => "Clean-up",
        ScheduleJob.Verify => "Verification",
        ScheduleJob.ConfigBackup => "Configuration",
        _ => job.ToString(),
    };
}
