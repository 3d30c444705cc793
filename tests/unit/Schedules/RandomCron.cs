using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace RePlexOn.Tests.Schedules;

/// <summary>Random expressions that cron takes.</summary>
internal static class RandomCron
{
    private static readonly string[] Months = ["jan", "Feb", "MAR", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "Mon", "TUE", "wed", "thu", "fri", "sat"];

    public static Gen<string> Expressions() => Gen.Frequency(
        (1, Gen.Elements("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually")),
        (30, Fields(Field(0, 23, [], 0))));

    /// <summary>Those that are due in the small hours, when clocks change.</summary>
    public static Gen<string> NightlyExpressions() => Fields(Field(0, 4, [], 0));

    /// <summary>The same thousand each time.</summary>
    public static IReadOnlyList<string> Thousand() => [.. Expressions().Sample(1_000, Seed, 50)];

    private static readonly Rnd Seed = new(20_261_121, 77);

    private static Gen<string> Fields(Gen<string> hours) =>
        from minute in Field(0, 59, [], 0)
        from hour in hours
        from dayOfMonth in Gen.Frequency((3, Gen.Constant("*")), (2, Field(1, 31, [], 1)))
        from month in Gen.Frequency((4, Gen.Constant("*")), (1, Field(1, 12, Months, 1)))
        from dayOfWeek in Gen.Frequency((3, Gen.Constant("*")), (2, Field(0, 7, Days, 0)))
        select $"{minute} {hour} {dayOfMonth} {month} {dayOfWeek}";

    private static Gen<string> Field(int low, int high, string[] names, int firstName)
    {
        Gen<int> value = Gen.Choose(low, high);
        Gen<int> step = Gen.Choose(1, high);
        Gen<string> word = names.Length == 0
            ? value.Select(Text)
            : Gen.OneOf(value.Select(Text), Gen.Choose(0, names.Length - 1).Select(i => names[i]));
        Gen<string> range =
            from a in value
            from b in value
            let ends = (First: Math.Min(a, b), Last: Math.Max(a, b))
            let named = names.Length > 0 && ends.Last - firstName < names.Length
            from byName in Gen.Elements(false, true)
            select named && byName
                ? $"{names[ends.First - firstName]}-{names[ends.Last - firstName]}"
                : $"{ends.First}-{ends.Last}";
        Gen<string> part = Gen.Frequency(
            (5, word),
            (2, range),
            (1, from r in range from s in step select $"{r}/{s}"),
            (1, Gen.Constant("*")),
            (2, step.Select(s => $"*/{s}")));
        return from count in Gen.Frequency((6, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(4)))
               from parts in part.ListOf(count)
               select string.Join(',', parts);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
