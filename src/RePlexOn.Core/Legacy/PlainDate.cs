using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RePlexOn.Legacy;

/// <summary>
/// A date as <c>date</c> writes it without a locale, as under cron: <c>Sat Nov 21 03:00:01 UTC 2026</c>. Nearly every log
/// holds no other, so it is read by its places, in a tenth of the time that a search for the parts takes.
/// </summary>
/// <param name="Year">Year.</param>
/// <param name="Month">Month, from 1.</param>
/// <param name="Day">Day, which the month may not have.</param>
/// <param name="Time">Time of the day.</param>
/// <param name="Zone">The zone's short name.</param>
internal sealed record PlainDate(int Year, int Month, int Day, TimeOnly Time, string Zone)
{
    private const int MonthAt = 4, DayAt = 8, HourAt = 11, MinuteAt = 14, SecondAt = 17, ZoneAt = 20, YearDigits = 4, LongestZone = 5;

    /// <summary>Reads one; whatever else a text may be is no business of this.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out PlainDate? date)
    {
        date = null;
        int zoneLength = text.Length - ZoneAt - 1 - YearDigits;
        if (zoneLength is < 2 or > LongestZone) return false;

        string zone = text.Substring(ZoneAt, zoneLength), month = text.Substring(MonthAt, 3);
        bool isPlain = IsAsciiLetters(text.AsSpan(0, 3)) && IsAsciiLetters(month) && !zone.AsSpan().ContainsAnyExceptInRange('A', 'Z')
            && text[3] == ' ' && text[DayAt - 1] == ' ' && text[HourAt - 1] == ' ' && text[ZoneAt - 1] == ' ' && text[^(YearDigits + 1)] == ' '
            && text[MinuteAt - 1] == ':' && text[SecondAt - 1] == ':';
        // A half of the day is no zone.
        if (!isPlain || zone is "AM" or "PM" || MonthName.Find(month) is not { } number) return false;
        if (!IsNumber(text.AsSpan(DayAt, 2).TrimStart(' '), 31, out int day) || !IsNumber(text.AsSpan(HourAt, 2), 23, out int hour)
            || !IsNumber(text.AsSpan(MinuteAt, 2), 59, out int minute) || !IsNumber(text.AsSpan(SecondAt, 2), 59, out int second)
            || !IsNumber(text.AsSpan(text.Length - YearDigits), 9999, out int year))
        {
            return false;
        }

        date = new PlainDate(year, number, day, new TimeOnly(hour, minute, second), zone);
        return true;
    }

    private static bool IsAsciiLetters(ReadOnlySpan<char> text)
    {
        foreach (char one in text)
        {
            if (!char.IsAsciiLetter(one)) return false;
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> digits, int most, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
