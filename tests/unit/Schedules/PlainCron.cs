using System.Globalization;

namespace RePlexOn.Tests.Schedules;

/// <summary>
/// crontab(5) and cron(8), read as plainly as can be: is this minute of the clock let through, and what would cron do
/// as it wakes each minute. It shares nothing with the product.
/// </summary>
internal sealed class PlainCron
{
    private static readonly string[] Months = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly string[] _fields;

    public PlainCron(string expression) => _fields = expression switch
    {
        "@hourly" => ["0", "*", "*", "*", "*"],
        "@daily" or "@midnight" => ["0", "0", "*", "*", "*"],
        "@weekly" => ["0", "0", "*", "*", "0"],
        "@monthly" => ["0", "0", "1", "*", "*"],
        "@yearly" or "@annually" => ["0", "0", "1", "1", "*"],
        _ => expression.Split(' '),
    };

    public bool LetsThrough(DateTime minute)
    {
        int weekday = (int)minute.DayOfWeek;
        bool dayOfMonth = Fits(_fields[2], minute.Day, 1, 31, []);
        bool dayOfWeek = Fits(_fields[4], weekday, 0, 7, Days) || (weekday == 0 && Fits(_fields[4], 7, 0, 7, Days));
        bool day = _fields[2][0] != '*' && _fields[4][0] != '*' ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek;
        return day && Fits(_fields[0], minute.Minute, 0, 59, []) && Fits(_fields[1], minute.Hour, 0, 23, [])
            && Fits(_fields[3], minute.Month, 1, 12, Months);
    }

    /// <summary>
    /// The moments at which cron would start it: cron keeps a virtual time of its own, which a clock put back leaves
    /// standing, and a clock put forward has to catch up with. Jobs with a star in front of minute or hour follow the
    /// clock; the others follow the virtual time.
    /// </summary>
    public List<DateTimeOffset> Starts(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        bool wild = _fields[0][0] == '*' || _fields[1][0] == '*';
        var starts = new List<DateTimeOffset>();
        DateTime virtualTime = TimeZoneInfo.ConvertTime(from, zone).DateTime.AddMinutes(-1);
        for (DateTimeOffset now = from; now < until; now = now.AddMinutes(1))
        {
            DateTime clock = TimeZoneInfo.ConvertTime(now, zone).DateTime;
            bool isDue = wild && LetsThrough(clock);
            while (virtualTime < clock)
            {
                virtualTime = virtualTime.AddMinutes(1);
                isDue |= !wild && LetsThrough(virtualTime);
            }

            if (isDue) starts.Add(now);
        }

        return starts;
    }

    private static bool Fits(string field, int value, int low, int high, string[] names)
    {
        foreach (string part in field.Split(','))
        {
            string range = part.Split('/')[0];
            int step = part.Contains('/', StringComparison.Ordinal) ? int.Parse(part.Split('/')[1], CultureInfo.InvariantCulture) : 1;
            int first = range == "*" ? low : Number(range.Split('-')[0], names);
            int last = range == "*" ? high : Number(range.Split('-')[^1], names);
            for (int i = first; i <= last; i += step)
            {
                if (i == value) return true;
            }
        }

        return false;
    }

    private static int Number(string text, string[] names) =>
        Array.IndexOf(names, text.ToLowerInvariant()) is var index and >= 0 ? index : int.Parse(text, CultureInfo.InvariantCulture);
}
