using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Schedules;

namespace RePlexOn.Tests.Schedules;

/// <summary>Days on which the clock is changed, against what cron does on them.</summary>
public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T01:00Z", "2026-10-25T01:00Z")]
    [InlineData("America/New_York", "2026-03-08T07:00Z", "2026-11-01T06:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T15:30Z", "2026-04-04T15:00Z")] // by half an hour
    public void Should_be_due_when_cron_would_start_it(string zoneName, string forward, string back)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        foreach (DateTimeOffset change in (DateTimeOffset[])[Moment(forward), Moment(back)])
        {
            Assert.NotEqual(zone.GetUtcOffset(change), zone.GetUtcOffset(change.AddMinutes(-1)));
            DateTimeOffset from = change.AddHours(-26), until = change.AddHours(26);
            Prop.ForAll(RandomCron.NightlyExpressions().ToArbitrary(), text =>
            {
                CronExpression expression = CronExpression.Parse(text);
                List<DateTimeOffset> expected = new PlainCron(text).Starts(from, until, zone);

                Assert.Equal(expected, Forwards(expression, from, until, zone));
                Assert.Equal(expected.AsEnumerable().Reverse(), Backwards(expression, from, until, zone));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(250));
        }
    }

    [Fact]
    public void Should_be_due_late_and_once_and_not_twice()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        CronExpression fixedTime = CronExpression.Parse("30 2 * * *"), byTheClock = CronExpression.Parse("30 */2 * * *");

        // 02:30 is left out on the one day, and comes twice on the other.
        Assert.Equal("2026-03-29 03:00 +02:00", Text(fixedTime.Next(Moment("2026-03-28T20:00Z"), berlin)));
        Assert.Equal("2026-10-25 02:30 +02:00", Text(fixedTime.Next(Moment("2026-10-24T20:00Z"), berlin)));
        Assert.Equal("2026-10-26 02:30 +01:00", Text(fixedTime.Next(Moment("2026-10-25T00:30Z"), berlin)));
        Assert.Equal("2026-03-29 04:30 +02:00", Text(byTheClock.Next(Moment("2026-03-29T00:00Z"), berlin)));
        Assert.Equal("2026-10-25 02:30 +01:00", Text(byTheClock.Next(Moment("2026-10-25T00:30Z"), berlin)));
    }

    private static IEnumerable<DateTimeOffset> Forwards(CronExpression expression, DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        DateTimeOffset? due = from.AddMinutes(-1);
        while ((due = expression.Next(due.Value, zone)) < until) yield return due.Value;
    }

    private static IEnumerable<DateTimeOffset> Backwards(CronExpression expression, DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        DateTimeOffset? due = until;
        while ((due = expression.Previous(due.Value.AddMinutes(-1), zone)) >= from) yield return due.Value;
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);
}
