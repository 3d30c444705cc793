using System.Globalization;

namespace RePlexOn.Schedules;

/// <summary>Says in plain English when a cron expression is due.</summary>
internal static class CronDescription
{
    // More times of day than this are told by hours and minutes.
    private const int MostTimes = 8;

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    public static string Of(CronExpression expression)
    {
        if (expression.IsAtBoot) return "When the machine starts";

        string? days = Days(expression);
        string text = Times(expression) is { } times
            ? $"{days ?? "every day"} at {times}"
            : string.Join(", ", new[] { days, Frequency(expression) }.OfType<string>());
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string? Times(CronExpression expression)
    {
        if (expression.Minute.Count * expression.Hour.Count > MostTimes) return null;
        return And([
            .. from hour in expression.Hour.Values
               from minute in expression.Minute.Values
               select string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}"),
        ]);
    }

    private static string Frequency(CronExpression expression)
    {
        CronField minute = expression.Minute, hour = expression.Hour;
        bool anyHour = hour.Count == 24;
        string minutes = (Step(minute, 60), minute.Count) switch
        {
            (_, 60) => "every minute",
            ({ } step, _) => $"every {step} minutes",
            (_, 1) when minute.Has(0) => "on the hour",
            (_, 1) => $"at minute {minute.Values.First()}",
            _ => $"at the minutes {Numbers(minute)}",
        };
        bool isEvery = minutes.StartsWith("every", StringComparison.Ordinal);
        return anyHour ? isEvery ? minutes : $"every hour {minutes}"
            : $"{minutes} in the {(hour.Count == 1 ? "hour" : "hours")} {Numbers(hour)}";
    }

    // Null for every day.
    private static string? Days(CronExpression expression)
    {
        CronField ofMonth = expression.DayOfMonth, ofWeek = expression.DayOfWeek;
        bool anyOfMonth = ofMonth.Count == 31, anyOfWeek = ofWeek.Count == 7;
        string? months = expression.Month.Count == 12
            ? null
            : Runs(expression.Month.Values, English.GetMonthName);
        string inMonths = months is null ? "" : $" in {months}";
        string ofMonths = $" of {months ?? "every month"}";
        if ((anyOfMonth && anyOfWeek) || (expression.EitherDayField && (anyOfMonth || anyOfWeek)))
            return months is null ? null : $"every day{inMonths}";

        string dates = $"on the {Runs(ofMonth.Values, Ordinal)}";
        string weekdays = Runs(ofWeek.Values, day => English.GetDayName((DayOfWeek)day));
        return (anyOfMonth, anyOfWeek) switch
        {
            (true, _) => $"every {weekdays}{inMonths}",
            (_, true) => dates + ofMonths,
            _ when expression.EitherDayField => $"{dates}{ofMonths}, and every {weekdays} as well",
            _ => $"{dates}{ofMonths}, where that is a {Runs(ofWeek.Values, day => English.GetDayName((DayOfWeek)day), "or")}",
        };
    }

    /// <summary>n where the values are every n-th from 0 on and come out even at the end; null where not.</summary>
    private static int? Step(CronField field, int size)
    {
        if (field.Count < 2 || size % field.Count != 0) return null;
        int step = size / field.Count;
        return field.Values.Select((value, i) => value == i * step).All(fits => fits) ? step : null;
    }

    private static string Numbers(CronField field) => Runs(field.Values, value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Values with names, three or more in a row as "first to last".</summary>
    private static string Runs(IEnumerable<int> values, Func<int, string> name, string joint = "and")
    {
        var runs = new List<(int First, int Last)>();
        foreach (int value in values)
        {
            if (runs.Count > 0 && runs[^1].Last == value - 1)
            {
                runs[^1] = (runs[^1].First, value);
            }
            else
            {
                runs.Add((value, value));
            }
        }

        return And(
        [
            .. runs.SelectMany(run => run.Last - run.First >= 2
                ? [$"{name(run.First)} to {name(run.Last)}"]
                : Enumerable.Range(run.First, run.Last - run.First + 1).Select(name)),
        ], joint);
    }

    private static string And(IReadOnlyList<string> parts, string joint = "and") =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} {joint} {parts[^1]}";

    private static string Ordinal(int day) => day + ((day % 10, day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    });
}
