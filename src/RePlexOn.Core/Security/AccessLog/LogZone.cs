using System.Globalization;

namespace RePlexOn.Security.AccessLog;

/// <summary>
/// The zone of a log's times, which it does not name. A server in a container often has another one than its host; but the
/// file's own time of change is in UTC, and is that of its last line.
/// </summary>
internal static class LogZone
{
    private const int TailBytes = 64 * 1024;
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The zone of a log; the machine's where the log does not show another one.</summary>
    /// <param name="path">The log.</param>
    /// <param name="local">The machine's zone.</param>
    public static TimeZoneInfo Find(string path, TimeZoneInfo local)
    {
        using OpenLog? log = OpenLog.Open(path);
        if (log is null || LastTime(log) is not { } last) return local;

        TimeSpan ahead = last - log.ModifiedAt;
        TimeSpan offset = Quarter * Math.Round(ahead / Quarter);
        // A copy has the time of its copying, which shows nothing.
        if ((ahead - offset).Duration() > Tolerance || offset.Duration() > TimeSpan.FromHours(14) || local.GetUtcOffset(last) == offset) return local;
        string name = string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}");
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    private static DateTime? LastTime(OpenLog log)
    {
        byte[] tail = new byte[Math.Min(TailBytes, log.Length)];
        ReadOnlySpan<byte> rest = tail.AsSpan(0, log.Read(tail, log.Length - tail.Length));
        while (!rest.IsEmpty)
        {
            int start = rest.LastIndexOf((byte)'\n') + 1;
            if (LogTime.TryRead(rest[start..], out DateTime time)) return time;
            rest = start == 0 ? default : rest[..(start - 1)];
        }

        return null;
    }
}
