using System.Globalization;

namespace RePlexOn.Legacy;

/// <summary>
/// Numbers as rsync prints them: <c>24265611</c>, <c>24,265,611</c> or <c>24.265.611</c>; with <c>-h</c>, which the
/// first system's scripts give, <c>24.27M</c> or <c>24,27M</c>, in powers of 1000.
/// </summary>
internal static class RsyncFigure
{
    private const string Units = "KMGTP";

    /// <summary>The number; null where the text is none. With a unit it is as exact as its two decimals.</summary>
    public static long? Read(ReadOnlySpan<char> text)
    {
        int unit = text.IsEmpty ? -1 : Units.IndexOf(text[^1], StringComparison.Ordinal);
        if (unit < 0) return Whole(text);

        text = text[..^1];
        int point = text.LastIndexOfAny('.', ',');
        if (point < 0) point = text.Length;
        if (Whole(text[..point]) is not { } whole) return null;

        decimal value = whole;
        if (point < text.Length)
        {
            ReadOnlySpan<char> decimals = text[(point + 1)..];
            if (decimals.Length > 6 || !long.TryParse(decimals, NumberStyles.None, CultureInfo.InvariantCulture, out long fraction)) return null;
            value += fraction / (decimal)Math.Pow(10, decimals.Length);
        }

        decimal size = (decimal)Math.Pow(1000, unit + 1);
        return value <= long.MaxValue / size ? (long)Math.Round(value * size) : null;
    }

    private static long? Whole(ReadOnlySpan<char> text)
    {
        long number = 0;
        int digits = 0;
        foreach (char one in text)
        {
            if (one is >= '0' and <= '9')
            {
                if (++digits > 18) return null;
                number = (number * 10) + (one - '0');
            }
            else if (one is not ('.' or ','))
            {
                return null;
            }
        }

        return digits > 0 ? number : null;
    }
}
