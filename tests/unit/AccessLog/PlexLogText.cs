using System.Globalization;
using System.Text;

namespace RePlexOn.Tests.AccessLog;

/// <summary>Lines as Plex Media Server writes them.</summary>
internal static class PlexLogText
{
    public static readonly DateTime Start = new(2026, 2, 6, 12, 0, 0, 0);

    /// <summary>A line of any text.</summary>
    public static string Line(DateTime time, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd, yyyy HH:mm:ss.fff} [136529439558456] DEBUG - {text}");

    /// <summary>A request comes in.</summary>
    public static string Request(DateTime time, string peer, string what, string id = "1f", string network = "WAN", string tail = " TLS GZIP Signed-in") =>
        Line(time, $"Request: [{peer} ({network})] {what} (4 live) #{id}{tail}");

    /// <summary>A request is answered.</summary>
    public static string Completed(DateTime time, string peer, int status, string what, string id = "1f") =>
        Line(time, string.Create(CultureInfo.InvariantCulture, $"Completed: [{peer}] {status} {what} (4 live) #{id} TLS GZIP 12ms 436 bytes (pipelined: 1)"));

    /// <summary>Both.</summary>
    public static string[] Pair(DateTime time, string peer, int status, string what, string id = "1f", string tail = " TLS GZIP Signed-in", string network = "WAN") =>
        [Request(time, peer, what, id, network, tail), Completed(time.AddMilliseconds(12), peer, status, what, id)];

    public static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line);
}
