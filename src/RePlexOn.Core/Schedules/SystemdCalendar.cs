using System.Globalization;

namespace RePlexOn.Schedules;

/// <summary>Says a cron expression as calendar events of systemd.time(7).</summary>
internal static class SystemdCalendar
{
    private static readonly string[] Weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>The events: together they are due when the expression is.</summary>
    /// <exception cref="RePlexOnException"><c>ScheduleNotWritable</c>: <c>@reboot</c> is no time of the calendar.</exception>
    public static IReadOnlyList<string> Of(CronExpression expression)
    {
        if (expression.IsAtBoot)
        {
            throw new RePlexOnException(
                "ScheduleNotWritable", ExitCode.Usage, "@reboot is no time that a systemd timer could be due at.",
                "Give a time of day; a timer that the machine slept through is made up for after the start anyway.");
        }

        string weekdays = expression.DayOfWeek.Count == 7
            ? ""
            : string.Join(',', expression.DayOfWeek.Values.Select(day => Weekdays[day])) + " ";
        string months = List(expression.Month, 12);
        string days = List(expression.DayOfMonth, 31);
        string time = $"{List(expression.Hour, 24)}:{List(expression.Minute, 60)}:00";
        if (!expression.EitherDayField) return [$"{weekdays}*-{months}-{days} {time}"];

        // Weekday and date of one event must both fit, as two events either does.
        return weekdays.Length == 0 || days == "*"
            ? [$"*-{months}-* {time}"]
            : [$"*-{months}-{days} {time}", $"{weekdays}*-{months}-* {time}"];
    }

    private static string List(CronField field, int size) => field.Count == size
        ? "*"
        : string.Join(',', field.Values.Select(value => value.ToString("00", CultureInfo.InvariantCulture)));
}
