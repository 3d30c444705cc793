using RePlexOn.Schedules;

namespace RePlexOn.Tests.Schedules;

/// <summary>What is taken and what is refused, what it is in plain English, and when it is due.</summary>
public sealed class CronExpressionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 30, 30, TimeSpan.Zero); // a Saturday

    [Theory]
    [InlineData("60 3 * * *", "minute", "60")]
    [InlineData("0 24 * * *", "hour", "24")]
    [InlineData("0 3 0 * *", "day of month", "0 is not within 1 to 31")]
    [InlineData("0 3 32 * *", "day of month", "32")]
    [InlineData("0 3 * 13 *", "month", "13")]
    [InlineData("0 3 * * 8", "day of week", "8")]
    [InlineData("0 3 * * noday", "day of week", "noday")]
    [InlineData("0 3 * * fri-mon", "day of week", "fri-mon")]
    [InlineData("5-1 3 * * *", "minute", "runs backwards")]
    [InlineData("*/0 3 * * *", "minute", "step cannot be 0")]
    [InlineData("*/61 3 * * *", "minute", "61")]
    [InlineData("5/10 3 * * *", "minute", "5-59/10")]
    [InlineData("1,,2 3 * * *", "minute", "comma")]
    [InlineData("-1 3 * * *", "minute", "''")]
    [InlineData("1.5 3 * * *", "minute", "1.5")]
    [InlineData("0 3 * * *\n* * * * * evil", "cron expression", "more than one line")]
    [InlineData("0 3 * *", "cron expression", "4 fields")]
    [InlineData("0 0 3 * * *", "cron expression", "6 fields")]
    [InlineData("", "cron expression", "0 fields")]
    [InlineData("@fortnightly", "cron expression", "nickname")]
    public void Should_refuse_naming_field_and_value(string text, string field, string value)
    {
        var trouble = Assert.Throws<RePlexOnException>(() => CronExpression.Parse(text));

        Assert.Equal(("CronExpressionInvalid", ExitCode.Usage), (trouble.ErrorId, trouble.ExitCode));
        Assert.Contains(field, trouble.Message, StringComparison.Ordinal);
        Assert.Contains(value, trouble.Message, StringComparison.Ordinal);
        Assert.NotEmpty(trouble.Advice);
        Assert.DoesNotContain('\n', trouble.Message);
        Assert.False(CronExpression.TryParse(text, out _));
    }

    [Theory]
    [InlineData("0 3 * * *", "Every day at 03:00")]
    [InlineData("0 */6 * * *", "Every day at 00:00, 06:00, 12:00 and 18:00")]
    [InlineData("0 1,13 * * *", "Every day at 01:00 and 13:00")]
    [InlineData("15 * * * *", "Every hour at minute 15")]
    [InlineData("@hourly", "Every hour on the hour")]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("*/15 * * * *", "Every 15 minutes")]
    [InlineData("*/7 * * * *", "Every hour at the minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56")]
    [InlineData("*/15 9-17 * * mon-fri", "Every Monday to Friday, every 15 minutes in the hours 9 to 17")]
    [InlineData("0 4 * * 0", "Every Sunday at 04:00")]
    [InlineData("0 4 * * 7", "Every Sunday at 04:00")]
    [InlineData("0 4 * * 1,3,5", "Every Monday, Wednesday and Friday at 04:00")]
    [InlineData("0 5 1 * *", "On the 1st of every month at 05:00")]
    [InlineData("0 5 2,3,22 jan,jul *", "On the 2nd, 3rd and 22nd of January and July at 05:00")]
    [InlineData("0 5 11-13 * *", "On the 11th to 13th of every month at 05:00")]
    [InlineData("30 4 1,15 * 5", "On the 1st and 15th of every month, and every Friday as well at 04:30")]
    [InlineData("0 0 */2 * mon", "On the 1st, 3rd, 5th, 7th, 9th, 11th, 13th, 15th, 17th, 19th, 21st, 23rd, 25th, 27th, 29th and 31st of every month, where that is a Monday at 00:00")]
    [InlineData("0 0 1-31 * 1", "Every day at 00:00")]
    [InlineData("* * * 12 *", "Every day in December, every minute")]
    [InlineData("@reboot", "When the machine starts")]
    public void Should_say_it_in_plain_English(string text, string english) =>
        Assert.Equal(english, CronExpression.Parse(text).Description);

    [Theory]
    [InlineData("0 3 * * *", "2026-11-22T03:00", "2026-11-21T03:00")]
    [InlineData("30 12 * * *", "2026-11-22T12:30", "2026-11-21T12:30")]
    [InlineData("31 12 * * *", "2026-11-21T12:31", "2026-11-20T12:31")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00", "2024-02-29T00:00")]
    [InlineData("0 0 29 2 */7", "2032-02-29T00:00", "2004-02-29T00:00")] // a Sunday: a star joins the two days by AND
    [InlineData("0 0 21 * 1", "2026-11-23T00:00", "2026-11-21T00:00")] // either of the two days
    [InlineData("0 0 25 * 5", "2026-11-25T00:00", "2026-11-20T00:00")]
    [InlineData("@yearly", "2027-01-01T00:00", "2026-01-01T00:00")]
    [InlineData("0 3 * * 7", "2026-11-22T03:00", "2026-11-15T03:00")]
    public void Should_know_when_it_is_due(string text, string next, string previous)
    {
        CronExpression expression = CronExpression.Parse(text);

        Assert.Equal(Utc(next), expression.Next(Now, TimeZoneInfo.Utc));
        Assert.Equal(Utc(previous), expression.Previous(Now, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData("@reboot")]
    public void Should_know_when_it_is_never_due(string text)
    {
        Assert.Null(CronExpression.Parse(text).Next(Now, TimeZoneInfo.Utc));
        Assert.Null(CronExpression.Parse(text).Previous(Now, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Should_take_tabs_and_more_blanks_than_one() =>
        Assert.Equal("0 3 * * *", CronExpression.Parse(" 0\t3 *  * * ").Text);

    private static DateTimeOffset Utc(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
