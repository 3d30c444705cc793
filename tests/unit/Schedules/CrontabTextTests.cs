using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Schedules;

namespace RePlexOn.Tests.Schedules;

/// <summary>Random crontabs: what is not ours stays byte for byte.</summary>
public sealed class CrontabTextTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Should_come_back_to_what_it_was_whatever_order_schedules_come_and_go_in() =>
        Check((bytes, jobs, user) =>
        {
            var text = new CrontabText(bytes, user);
            foreach (ScheduleJob job in jobs) text = text.With(Entry(job));

            Assert.Equal(jobs.Distinct().Order(), text.Entries.Select(entry => entry.Job).Order());
            foreach (ScheduleJob job in jobs.Order()) text = text.Without(job, "/etc/replexon/replexon.json");
            Assert.Equal(bytes, text.ToBytes());
        });

    [Fact]
    public void Should_keep_all_other_bytes_while_ours_are_there() => Check((bytes, jobs, user) =>
    {
        var text = new CrontabText(bytes, user);
        List<string> before = [.. text.OtherLines()];
        foreach (ScheduleJob job in jobs) text = text.With(Entry(job));

        Assert.Equal(bytes, text.ToBytes()[..bytes.Length]);
        Assert.Equal(before, new CrontabText(text.ToBytes(), user).OtherLines());
    });

    [Fact]
    public void Should_change_nothing_the_second_time() => Check((bytes, jobs, user) =>
    {
        CrontabText once = jobs.Aggregate(new CrontabText(bytes, user), (text, job) => text.With(Entry(job)));

        Assert.Equal(once.ToBytes(), jobs.Aggregate(once, (text, job) => text.With(Entry(job))).ToBytes());
    });

    [Fact]
    public void Should_read_what_it_wrote() => Check((bytes, jobs, user) =>
    {
        CrontabText text = jobs.Aggregate(new CrontabText(bytes, user), (text, job) => text.With(Entry(job)));

        Assert.All(new CrontabText(text.ToBytes(), user).Entries, entry => Assert.True(entry.DoesTheSameAs(Entry(entry.Job))));
        Assert.All(text.Entries, entry => Assert.Equal(Since, entry.Since));
    });

    [Fact]
    public void Should_keep_what_others_wrote_below_ours()
    {
        CrontabText text = new CrontabText("MAILTO=me\n0 1 * * * a"u8, null).With(Entry(ScheduleJob.Mirror));
        byte[] edited = [.. text.ToBytes(), .. "5 5 * * * b\r\n"u8];

        byte[] left = new CrontabText(edited, null).Without(ScheduleJob.Mirror, "/etc/replexon/replexon.json").ToBytes();

        Assert.Equal("MAILTO=me\n0 1 * * * a\n5 5 * * * b\r\n", Encoding.UTF8.GetString(left));
    }

    [Fact]
    public void Should_read_times_that_somebody_changed_by_hand()
    {
        string text = Encoding.UTF8.GetString(new CrontabText([], null).With(Entry(ScheduleJob.Mirror)).ToBytes());

        var changed = new CrontabText(Encoding.UTF8.GetBytes(text.Replace("0 3 * * *", "7\t4 * * *", StringComparison.Ordinal)), null);

        Assert.Equal("7 4 * * *", Assert.Single(changed.Entries).Expression.Text);
    }

    [Fact]
    public void Should_take_a_line_that_somebody_turned_off_for_none_of_ours()
    {
        string text = Encoding.UTF8.GetString(new CrontabText([], null).With(Entry(ScheduleJob.Mirror)).ToBytes());

        var off = new CrontabText(Encoding.UTF8.GetBytes(text.Replace("0 3", "#0 3", StringComparison.Ordinal)), null);

        Assert.Empty(off.Entries);
        Assert.StartsWith("#0 3", Assert.Single(off.OtherLines()), StringComparison.Ordinal);
    }

    private static ScheduleEntry Entry(ScheduleJob job) => new(
        job, CronExpression.Parse("0 3 * * *"), "/usr/bin/replexon ä > /dev/null", Since, "/etc/replexon/replexon.json");

    private static void Check(Action<byte[], ScheduleJob[], string?> property) =>
        Prop.ForAll(
            Crontabs().ToArbitrary(), Gen.Elements(Enum.GetValues<ScheduleJob>()).ArrayOf().ToArbitrary(),
            Gen.Elements<string?>(null, "root").ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<byte[]> Crontabs()
    {
        Gen<string> line = Gen.Frequency(
            (3, RandomCron.Expressions().Select(expression => $"{expression} /usr/local/bin/job --with 'a%b'")),
            (2, Gen.Elements("", "# a comment", "MAILTO=\"me@example.org\"", "PATH=/usr/bin:/bin", "  \t", "SHELL = /bin/bash")),
            (1, Gen.Elements("# RePlexOn: not a mark of ours", "0 3 * * * /usr/bin/replexon backup", "# RePlexOn: Mirror since", "\u00ff\u0000\u0080")));
        Gen<string> end = Gen.Frequency((6, Gen.Constant("\n")), (2, Gen.Constant("\r\n")), (1, Gen.Constant("\n\n")));
        return from lines in line.Zip(end, (text, after) => text + after).ListOf()
               from last in Gen.Frequency((2, Gen.Constant("")), (1, line))
               select Encoding.Latin1.GetBytes(string.Concat(lines) + last);
    }
}
