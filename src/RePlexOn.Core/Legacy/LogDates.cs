using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Legacy;

/// <summary>
/// Reads what <c>date</c> printed, in whatever order its locale has: the month is the last word before the time that
/// is one (the weekday comes before it), a year has four digits, and the zone follows the time.
/// </summary>
/// <param name="zone">For dates without a zone, with one that nobody knows, or with one that stands for several.</param>
internal sealed partial class LogDates(TimeZoneInfo zone)
{
    private const int EarliestYear = 1990, LatestYear = 2199;

    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'",
    ];

    private readonly SortedSet<string> _unknownZones = new(StringComparer.Ordinal);

    /// <summary>Names of zones that were met and are not known.</summary>
    public IReadOnlyCollection<string> UnknownZones => _unknownZones;

    /// <summary>The moment; null where the text is none.</summary>
    public DateTimeOffset? Read(string text)
    {
        if (text.Length > 4 && text[4] == '-' && DateTimeOffset.TryParseExact(
            text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
        {
            return moment;
        }

        Match time = Time().Match(text);
        if (!time.Success || Day(text[..time.Index], text[time.Index..]) is not { } day) return null;

        int hour = Number(time.Groups["hour"].Value);
        string half = time.Groups["half"].Value;
        if (half.Length > 0) hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        int minute = Number(time.Groups["minute"].Value), second = Math.Min(59, Number(time.Groups["second"].Value));
        if (hour > 23 || minute > 59) return null;

        DateTime local = day.ToDateTime(new TimeOnly(hour, minute, second));
        return new DateTimeOffset(local, OffsetAt(local, text[(time.Index + time.Length)..]));
    }

    /// <summary>A time of the zone that dates without one are in.</summary>
    public DateTimeOffset AtHome(DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));

    /// <summary>A moment as the clock of that zone showed it.</summary>
    public DateTimeOffset AtHome(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    private static DateOnly? Day(string before, string after)
    {
        if (before.Contains('-') && IsoDay().Match(before) is { Success: true } iso)
            return Day(Number(iso.Groups[1].Value), Number(iso.Groups[2].Value), Number(iso.Groups[3].Value));

        int? month = null, day = null, year = null;
        for (int start = 0, end; start < before.Length; start = end)
        {
            end = start + 1;
            if (char.IsAsciiDigit(before[start]))
            {
                while (end < before.Length && char.IsAsciiDigit(before[end])) end++;
                if (end - start == 4) year = Number(before[start..end]);
                else if (end - start <= 2) day = Number(before[start..end]);
            }
            else if (IsOfWord(before[start]))
            {
                while (end < before.Length && IsOfWord(before[end])) end++;
                // A day may end in letters of its own (1er).
                if (start == 0 || !char.IsAsciiDigit(before[start - 1])) month = MonthName.Find(before[start..end]) ?? month;
            }
        }

        if (year is null && YearAfter().Match(after) is { Success: true } later) year = Number(later.Value);
        return month is { } m && day is { } d && year is { } y ? Day(y, m, d) : null;
    }

    // A letter, or an accent that is a character of its own.
    private static bool IsOfWord(char one) => char.IsLetter(one) || one is >= '\u0300' and <= '\u036f';

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= EarliestYear and <= LatestYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day) : null;

    private TimeSpan OffsetAt(DateTime local, string after)
    {
        if (after.AsSpan().ContainsAny('+', '-') && Offset().Match(after) is { Success: true } number && Number(number.Groups["hours"].Value) <= 14)
        {
            int minutes = (Number(number.Groups["hours"].Value) * 60)
                + (number.Groups["minutes"].Success ? Number(number.Groups["minutes"].Value) : 0);
            return TimeSpan.FromMinutes(number.Groups["sign"].Value == "-" ? -minutes : minutes);
        }

        return Letters().Match(after) is { Success: true } name ? OffsetOf(name.Value, local) : zone.GetUtcOffset(local);
    }

    private TimeSpan OffsetOf(string name, DateTime local)
    {
        IReadOnlyList<int> known = ZoneName.OffsetsOf(name);
        if (known.Count == 0)
        {
            _unknownZones.Add(name);
            return zone.GetUtcOffset(local);
        }

        if (known.Count > 1)
        {
            TimeSpan[] here = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
            foreach (int minutes in known)
            {
                if (Array.Exists(here, offset => offset.TotalMinutes == minutes)) return TimeSpan.FromMinutes(minutes);
            }
        }

        return TimeSpan.FromMinutes(known[0]);
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // Between the time and its half of the day there may be any blank, a narrow one too, and points: 03:00:01 a. m.
    [GeneratedRegex(@"(?<![0-9:])(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:[.,][0-9]+)?(?:\s*(?<half>[AaPp])\.?\s?[Mm]\b\.?)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")]
    private static partial Regex IsoDay();

    [GeneratedRegex(@"(?<![0-9:+-])[0-9]{4}(?![0-9])")]
    private static partial Regex YearAfter();

    [GeneratedRegex(@"(?<![0-9-])(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2})?(?![0-9])")]
    private static partial Regex Offset();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]{0,4}[A-Z]\b|\bZ\b")]
    private static partial Regex Letters();
}
