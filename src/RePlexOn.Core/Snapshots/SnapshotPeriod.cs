using System.Globalization;

namespace RePlexOn.Snapshots;

/// <summary>A stretch of days, each of which should get one snapshot, on the clock of the machine that makes them.</summary>
/// <param name="Start">Midnight at which it begins.</param>
/// <param name="End">Midnight before which it ends. What is dated later was made by a clock gone wrong, and does not count.</param>
internal sealed record SnapshotPeriod(DateTime Start, DateTime End)
{
    /// <summary>The stretch that a moment is in; null where no snapshot is ever due.</summary>
    /// <param name="occasion">When snapshots are due.</param>
    /// <param name="now">The moment, by the local clock.</param>
    public static SnapshotPeriod? At(SnapshotOccasion occasion, DateTime now)
    {
        DateTime today = now.Date;
        return occasion switch
        {
            SnapshotOccasion.Never => null,
            SnapshotOccasion.Daily => new(today, today.AddDays(1)),
            _ => Week(today.AddDays(-DaysSince(occasion, today))),
        };
    }

    /// <summary>Whether a snapshot falls into it.</summary>
    public bool Holds(SnapshotName name) => name.LocalTime >= Start && name.LocalTime < End;

    /// <summary>Its first day, for a person: <c>Sunday 2026-11-15</c>.</summary>
    public string FirstDay => Text(Start);

    /// <summary>The first day of the next one.</summary>
    public string NextDay => Text(End);

    private static SnapshotPeriod Week(DateTime start) => new(start, start.AddDays(7));

    private static int DaysSince(SnapshotOccasion weekday, DateTime today)
    {
        DayOfWeek first = weekday == SnapshotOccasion.Sunday
            ? DayOfWeek.Sunday : DayOfWeek.Monday + (weekday - SnapshotOccasion.Monday);
        return ((int)today.DayOfWeek - (int)first + 7) % 7;
    }

    private static string Text(DateTime day) => day.ToString("dddd yyyy-MM-dd", CultureInfo.InvariantCulture);
}
