namespace RePlexOn.Legacy;

/// <summary>Zones by the names that users give them.</summary>
public static class TimeZones
{
    /// <summary>The zone of a name of the tz database, such as <c>Europe/Berlin</c>; null for none.</summary>
    /// <exception cref="RePlexOnException"><c>TimeZoneUnknown</c>.</exception>
    public static TimeZoneInfo? Find(string? name)
    {
        try
        {
            return name is null ? null : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new RePlexOnException(
                "TimeZoneUnknown", ExitCode.Usage, $"This machine knows no time zone {name}.",
                "Name one as the tz database does, such as America/New_York or Europe/Berlin: timedatectl list-timezones.", e);
        }
    }
}
