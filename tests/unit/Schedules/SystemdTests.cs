using System.Globalization;
using RePlexOn.Schedules;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Schedules;

/// <summary>Units and calendar events, as systemd itself reads them.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public void Should_write_units_that_systemd_verifies()
    {
        foreach (ScheduleJob job in Enum.GetValues<ScheduleJob>())
        {
            ScheduleEntry entry = Entry(job, ScheduledWork.Of(job).UsualTime, "/etc/it's 100% \"mine\" $HOME \\.json");
            string service = _folder.File(SystemdUnits.ServiceOf(job), SystemdUnits.Service(entry));
            string timer = _folder.File(SystemdUnits.TimerOf(job), SystemdUnits.Timer(entry));

            (int exitCode, string output, string errors) = ScratchUser.Run("systemd-analyze", "verify", "--man=no", service, timer);

            Assert.True(exitCode == 0 && errors.Length == 0, $"{job}: {output}{errors}");
            Assert.Equal(SystemdUnits.Timer(entry), SystemdUnits.Timer(SystemdUnits.Read(SystemdUnits.Timer(entry), SystemdUnits.Service(entry))!));
            Assert.True(entry.DoesTheSameAs(SystemdUnits.Read(SystemdUnits.Timer(entry), SystemdUnits.Service(entry))!));
        }
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    public void Should_be_due_when_systemd_says_so(string zoneName)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        DateTimeOffset start = TimeZoneInfo.ConvertTime(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero), zone);
        foreach (string text in RandomCron.Thousand().Take(60))
        {
            CronExpression expression = CronExpression.Parse(text);
            List<DateTimeOffset> expected = [];
            while (expected.Count < 5 && expression.Next(expected.LastOrDefault(start), zone, SchedulePlace.Systemd) is { } due)
                expected.Add(due);

            List<DateTimeOffset> said = [.. SystemdCalendar.Of(expression).SelectMany(calendar => Elapses(calendar, start, zoneName)).Distinct().Order().Take(5)];

            Assert.True(expected.SequenceEqual(said), $"{text}: {string.Join(", ", said)} in place of {string.Join(", ", expected)}");
        }
    }

    [Fact]
    public void Should_not_make_up_for_what_a_clock_put_forward_leaves_out()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var start = new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.FromHours(1));

        DateTimeOffset? next = CronExpression.Parse("30 2 * * *").Next(start, berlin, SchedulePlace.Systemd);

        Assert.Equal(Elapses("*-*-* 02:30:00", start, "Europe/Berlin")[0], next);
    }

    [Fact]
    public void Should_refuse_the_start_of_the_machine() => Assert.Equal(
        "ScheduleNotWritable", Assert.Throws<RePlexOnException>(() => SystemdCalendar.Of(CronExpression.Parse("@reboot"))).ErrorId);

    [Fact]
    public void Should_leave_a_timer_alone_that_somebody_else_made() =>
        Assert.Null(SystemdUnits.Read("[Timer]\nOnCalendar=daily\n", null));

    public void Dispose() => _folder.Dispose();

    private static ScheduleEntry Entry(ScheduleJob job, string when, string configuration) => new(
        job, CronExpression.Parse(when), ScheduledCommand.OfCommandLine(job, "/bin/true", configuration).ForSystemd(),
        new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero), configuration);

    private static List<DateTimeOffset> Elapses(string calendar, DateTimeOffset after, string zone)
    {
        (int exitCode, string output, string errors) = ScratchUser.Run(
            "env", $"TZ={zone}", "systemd-analyze", "calendar", "--iterations=5",
            $"--base-time={after.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC", calendar);
        Assert.True(exitCode == 0, errors);
        string mark = zone == "UTC" ? "elapse: " : "(in UTC): ";
        return [.. output.Split('\n')
            .Where(line => line.Contains(mark, StringComparison.Ordinal) || (zone == "UTC" && line.Contains("Iter. #", StringComparison.Ordinal)))
            .Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim())
            .Where(text => text != "never")
            .Select(text => DateTimeOffset.ParseExact(text, "ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];
    }
}
