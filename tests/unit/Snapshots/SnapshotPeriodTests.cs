using System.Globalization;
using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

public sealed class SnapshotPeriodTests
{
    [Theory]
    [InlineData(SnapshotOccasion.Sunday, "2026-11-15T00:00", "2026-11-15")]
    [InlineData(SnapshotOccasion.Sunday, "2026-11-16T03:00", "2026-11-15")]
    [InlineData(SnapshotOccasion.Sunday, "2026-11-21T23:59", "2026-11-15")]
    [InlineData(SnapshotOccasion.Sunday, "2026-11-22T00:00", "2026-11-22")]
    [InlineData(SnapshotOccasion.Monday, "2026-11-15T12:00", "2026-11-09")]
    [InlineData(SnapshotOccasion.Saturday, "2026-11-20T12:00", "2026-11-14")]
    [InlineData(SnapshotOccasion.Wednesday, "2026-01-01T12:00", "2025-12-31")]
    public void Should_begin_at_midnight_of_the_weekday_last_passed(SnapshotOccasion weekday, string now, string start)
    {
        SnapshotPeriod period = SnapshotPeriod.At(weekday, Moment(now))!;

        Assert.Equal((Moment(start), Moment(start).AddDays(7)), (period.Start, period.End));
        Assert.Equal(weekday.ToString(), period.Start.DayOfWeek.ToString());
    }

    [Fact]
    public void Should_hold_what_was_made_in_it_and_nothing_else()
    {
        SnapshotPeriod period = SnapshotPeriod.At(SnapshotOccasion.Sunday, Moment("2026-11-18T12:00"))!;

        Assert.True(Holds("2026-11-15_000000"));
        Assert.True(Holds("2026-11-21_235959"));
        Assert.False(Holds("2026-11-14_235959"));
        Assert.False(Holds("2026-11-22_000000"));

        bool Holds(string text) => SnapshotName.TryParse(text, out SnapshotName? name) && period.Holds(name);
    }

    [Fact]
    public void Should_be_a_day_where_one_is_due_each_day_and_none_where_none_is()
    {
        SnapshotPeriod day = SnapshotPeriod.At(SnapshotOccasion.Daily, Moment("2026-11-18T12:00"))!;

        Assert.Equal(("Wednesday 2026-11-18", "Thursday 2026-11-19"), (day.FirstDay, day.NextDay));
        Assert.Null(SnapshotPeriod.At(SnapshotOccasion.Never, Moment("2026-11-18T12:00")));
    }

    private static DateTime Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
