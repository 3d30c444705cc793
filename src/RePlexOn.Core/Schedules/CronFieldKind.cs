namespace RePlexOn.Schedules;

/// <summary>One of the five fields of a cron expression: what it is called and what it may hold.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Low">The smallest number.</param>
/// <param name="High">The largest number.</param>
/// <param name="Names">Names for the numbers from <paramref name="Low"/> on.</param>
internal sealed record CronFieldKind(string Name, int Low, int High, IReadOnlyList<string> Names)
{
    /// <summary>The five, in the order in which they are written.</summary>
    public static IReadOnlyList<CronFieldKind> All { get; } =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        // 7 is Sunday again, as in cron.
        new("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>What the field may hold, for a message.</summary>
    public string Allowed => Names.Count == 0 ? $"{Low} to {High}" : $"{Low} to {High}, or {Names[0]} to {Names[^1]}";
}
