using RePlexOn.Schedules;

namespace RePlexOn.Tests.Schedules;

/// <summary>A thousand random expressions, against a plain reading of cron's manual and against the real crontab.</summary>
public sealed class RandomCronTests
{
    private static readonly DateTime Start = new(2027, 12, 27, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Should_be_due_when_a_plain_reading_of_the_manual_says_so()
    {
        foreach (string text in RandomCron.Thousand())
        {
            CronExpression expression = CronExpression.Parse(text);
            var plain = new PlainCron(text);

            // Each minute of the turn of a leap year, and of its February's end.
            foreach (DateTime from in (DateTime[])[Start, Start.AddDays(62)])
            {
                List<DateTime> expected = [.. Enumerable.Range(0, 8 * 24 * 60).Select(i => from.AddMinutes(i)).Where(plain.LetsThrough)];
                Assert.True(expected.SequenceEqual(Forwards(expression, from)), $"Next of {text} from {from}");
                Assert.True(expected.AsEnumerable().Reverse().SequenceEqual(Backwards(expression, from)), $"Previous of {text} from {from}");
            }
        }
    }

    [Fact]
    public void Should_find_what_is_due_far_away()
    {
        foreach (string text in RandomCron.Thousand().Take(200))
        {
            CronExpression expression = CronExpression.Parse(text);
            var plain = new PlainCron(text);
            DateTime? expected = Enumerable.Range(0, 9 * 366).Select(i => Start.AddDays(i))
                .Where(day => day.Year < 2036)
                .SelectMany(day => Enumerable.Range(0, 24 * 60).Select(minute => day.AddMinutes(minute)))
                .Cast<DateTime?>().FirstOrDefault(minute => plain.LetsThrough(minute!.Value));

            DateTime? found = expression.Next(Start.AddMinutes(-1), TimeZoneInfo.Utc)?.UtcDateTime;

            Assert.True(expected == found || (expected is null && found?.Year >= 2036), $"{text}: {found} in place of {expected}");
        }
    }

    [Fact]
    public void Should_be_taken_by_the_real_crontab()
    {
        using var user = new ScratchUser();
        string text = string.Concat(RandomCron.Thousand().Select(expression => $"{expression} /bin/true\n"));

        (int exitCode, _, string errors) = user.Install(text);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(text, user.Crontab("-l").Output);
    }

    [Theory]
    [InlineData("60 3 * * *")]
    [InlineData("0 24 * * *")]
    [InlineData("0 3 0 * *")]
    [InlineData("0 3 * 13 *")]
    [InlineData("0 3 * * 8")]
    [InlineData("*/0 3 * * *")]
    [InlineData("@fortnightly")]
    public void Should_be_refused_where_the_real_crontab_refuses_it(string text)
    {
        using var user = new ScratchUser();

        Assert.NotEqual(0, user.Install($"{text} /bin/true\n").ExitCode);
        Assert.False(CronExpression.TryParse(text, out _));
    }

    [Fact]
    public void Should_be_told_apart_in_plain_English()
    {
        // What is due at different times reads differently.
        var seen = new Dictionary<string, string>();
        foreach (string text in RandomCron.Thousand())
        {
            CronExpression expression = CronExpression.Parse(text);
            string days = string.Concat(Enumerable.Range(0, 4 * 366).Select(i => expression.IsOn(Start.AddDays(i)) ? '1' : '0'));
            string meaning = $"{expression.Minute.Bits} {expression.Hour.Bits} {days}";
            if (seen.TryGetValue(expression.Description, out string? other)) Assert.Equal(other, meaning);
            seen[expression.Description] = meaning;
        }
    }

    private static IEnumerable<DateTime> Forwards(CronExpression expression, DateTime from)
    {
        DateTime until = from.AddDays(8);
        DateTimeOffset? due = from.AddMinutes(-1);
        while ((due = expression.Next(due.Value, TimeZoneInfo.Utc)) < until) yield return due.Value.UtcDateTime;
    }

    private static IEnumerable<DateTime> Backwards(CronExpression expression, DateTime from)
    {
        DateTimeOffset? due = from.AddDays(8);
        while ((due = expression.Previous(due.Value.AddMinutes(-1), TimeZoneInfo.Utc)) >= from) yield return due.Value.UtcDateTime;
    }
}
