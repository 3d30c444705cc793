namespace RePlexOn.Security.AccessLog;

/// <summary>Reads the time at the start of a line: <c>Feb 06, 2026 12:48:39.813</c>.</summary>
internal static class LogTime
{
    /// <summary>Length of the text.</summary>
    public const int Length = 25;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads it; false for any other text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out DateTime time)
    {
        time = default;
        if (line.Length < Length || line[3] != ' ' || line[6] != ',' || line[7] != ' ' || line[12] != ' '
            || line[15] != ':' || line[18] != ':' || line[21] != '.')
        {
            return false;
        }

        int month = Months.IndexOf(line[..3]);
        int day = Number(line[4..6]), year = Number(line[8..12]);
        int hour = Number(line[13..15]), minute = Number(line[16..18]), second = Number(line[19..21]), part = Number(line[22..25]);
        if (month < 0 || month % 3 != 0 || year < 1 || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || part < 0) return false;
        month = (month / 3) + 1;
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        time = new DateTime(year, month, day, hour, minute, second, part);
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
