namespace RePlexOn.Schedules;

/// <summary>
/// A time specification of cron: five fields (minute, hour, day of month, month, day of week) or a nickname such as
/// <c>@daily</c>, with the meaning that Debian's cron gives it (crontab(5), cron(8)).
/// </summary>
/// <remarks>
/// Where both day fields are limited and neither begins with a star, a day that fits either of them counts; else a
/// day must fit both. When the clock is put forward, what was due in the hour left out is due right after it; when it
/// is put back, what was due in the hour that comes twice is due the first time only. Where the minute or hour begins
/// with a star, the clock alone counts: nothing is made up for, and the hour that comes twice counts twice.
/// </remarks>
public sealed class CronExpression
{
    private static readonly IReadOnlyDictionary<string, string> Nicknames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    private CronExpression(string text, IReadOnlyList<CronField> fields)
    {
        Text = text;
        IsAtBoot = fields.Count == 0;
        if (IsAtBoot) return;
        (Minute, Hour, DayOfMonth, Month, DayOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    /// <summary>As it was written, with single spaces between the fields.</summary>
    public string Text { get; }

    /// <summary>Whether it is <c>@reboot</c>: due when the machine starts, at no time of day.</summary>
    public bool IsAtBoot { get; }

    /// <summary>In plain English, such as <c>Every day at 03:00</c>.</summary>
    public string Description => CronDescription.Of(this);

    internal CronField Minute { get; }

    internal CronField Hour { get; }

    internal CronField DayOfMonth { get; }

    internal CronField Month { get; }

    internal CronField DayOfWeek { get; }

    /// <summary>Whether a day needs to fit but one of the two day fields.</summary>
    internal bool EitherDayField => !DayOfMonth.BeginsWithStar && !DayOfWeek.BeginsWithStar;

    /// <summary>Whether the clock alone counts, with all that its changes leave out and repeat.</summary>
    internal bool FollowsClock => Minute.BeginsWithStar || Hour.BeginsWithStar;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="RePlexOnException"><c>CronExpressionInvalid</c>: the message names the field and the value.</exception>
    public static CronExpression Parse(string text)
    {
        if (text.AsSpan().ContainsAny('\n', '\r', '\0'))
            throw Wrong(text.ReplaceLineEndings(" "), "it has more than one line", "Write it in one line.");

        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string plain = string.Join(' ', words);
        if (plain == "@reboot") return new CronExpression(plain, []);

        if (plain.StartsWith('@'))
        {
            return Nicknames.TryGetValue(plain, out string? meaning)
                ? new CronExpression(plain, Read(meaning.Split(' '), meaning))
                : throw Wrong(plain, "cron knows no such nickname",
                    "There are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually and @reboot.");
        }

        return words.Length == CronFieldKind.All.Count
            ? new CronExpression(plain, Read(words, plain))
            : throw Wrong(plain, $"it has {words.Length} fields in place of five",
                "Write minute, hour, day of month, month and day of week, for example '0 3 * * *' for every day at 03:00.");
    }

    /// <summary>Reads an expression; false where it is none.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CronExpression? expression)
    {
        try
        {
            expression = Parse(text);
            return true;
        }
        catch (RePlexOnException)
        {
            expression = null;
            return false;
        }
    }

    /// <summary>The first moment after another at which it is due; null where there is none, as for the 30th of February.</summary>
    /// <param name="after">The moment before.</param>
    /// <param name="zone">The zone of the clock that cron goes by.</param>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => Next(after, zone, SchedulePlace.Crontab);

    /// <summary>The last moment up to another, that one too, at which it was due; null where there is none.</summary>
    /// <param name="until">The moment to look back from.</param>
    /// <param name="zone">The zone of the clock that cron goes by.</param>
    public DateTimeOffset? Previous(DateTimeOffset until, TimeZoneInfo zone) => Previous(until, zone, SchedulePlace.Crontab);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary><see cref="Next(DateTimeOffset, TimeZoneInfo)"/> as the place has it.</summary>
    internal DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone, SchedulePlace place) =>
        IsAtBoot ? null : new CronClock(this, zone, place != SchedulePlace.Systemd).Next(after);

    /// <summary><see cref="Previous(DateTimeOffset, TimeZoneInfo)"/> as the place has it.</summary>
    internal DateTimeOffset? Previous(DateTimeOffset until, TimeZoneInfo zone, SchedulePlace place) =>
        IsAtBoot ? null : new CronClock(this, zone, place != SchedulePlace.Systemd).Previous(until);

    /// <summary>Whether it is due on a day, at some time.</summary>
    internal bool IsOn(DateTime day)
    {
        bool ofMonth = DayOfMonth.Has(day.Day);
        bool ofWeek = DayOfWeek.Has((int)day.DayOfWeek);
        return Month.Has(day.Month) && (EitherDayField ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private static CronField[] Read(string[] words, string expression) =>
        [.. CronFieldKind.All.Zip(words, (kind, word) => new CronFieldReader(kind, expression).Read(word))];

    private static RePlexOnException Wrong(string text, string what, string advice) => new(
        "CronExpressionInvalid", ExitCode.Usage, $"'{text}' is no cron expression: {what}.", advice);
}
