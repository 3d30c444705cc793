using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.AccessLog;

/// <summary>A day of an ordinary server, with all the refusals that belong to it.</summary>
internal static class DailyLife
{
    private const string Stranger = "198.51.100.20:5000";

    /// <summary>The lines, the last one at the moment given.</summary>
    public static IReadOnlyList<string> Until(DateTime end)
    {
        DateTime start = end.AddHours(-20);
        var all = new List<string>();
        void Add(double minutes, string peer, int status, string what, string tail = " TLS GZIP Signed-in", string network = "WAN") =>
            all.AddRange(Pair(start.AddMinutes(minutes), peer, status, what, $"{all.Count:x}", tail, network));

        // Starting up.
        foreach (string path in new[] { "/media/providers", "/servers", "/", "/hubs" }) Add(0, Stranger, 503, $"GET {path}", " TLS GZIP Token ()", "Subnet");
        // Browsers that come by, and come again, before anybody signs in.
        for (int i = 0; i < 60; i++)
        {
            Add(1 + (i * 0.1), Stranger, 401, i % 2 == 0 ? "GET /" : "GET /?X-Plex-Product=Plex%20Web");
            Add(1 + (i * 0.1), Stranger, 404, "GET /favicon.ico");
            Add(1 + (i * 0.1), Stranger, 200, "GET /web/js/main-1f39976e.js");
            Add(1 + (i * 0.1), Stranger, 401, "OPTIONS /library/sections", " TLS Token ()");
        }

        // Plexamp asks for loudness without a token.
        for (int i = 0; i < 80; i++) Add(10 + (i * 0.05), "198.51.100.21:6000", 401, $"GET /library/streams/{i}/levels?subsample=128");
        // A film whose session has run out, and its artwork.
        Add(20, "198.51.100.22:7000", 200, "GET /library/metadata/1", " TLS Token (guest)");
        for (int i = 0; i < 100; i++)
        {
            Add(30 + (i * 0.05), "198.51.100.22:7000", 401, "GET /video/:/transcode/universal/session/abc/base/0001.ts");
            Add(30 + (i * 0.05), "198.51.100.22:7000", 403, "GET /:/timeline?state=playing&time=1");
            Add(30 + (i * 0.05), "198.51.100.22:7000", i % 2 == 0 ? 400 : 404, "GET /photo/:/transcode?width=240&url=https%3A%2F%2Fexample.org%2Fimage.php%3Fid%3D1");
        }

        // A monitor at home with a wrong token, a phone on a VPN, the server's own plug-ins.
        for (int i = 0; i < 300; i++)
        {
            Add(40 + i, "192.168.1.9:8000", 401, "GET /status/sessions", network: "Subnet");
            Add(40 + i, "100.80.0.7:8000", 401, "GET /library/sections");
            Add(40 + i, "[fd00::9]:8000", 401, "GET /accounts");
            Add(40 + i, "127.0.0.1:52764", 404, "GET /:/plugins/com.plexapp.system/resourceHashes", " GZIP Token (owner)", "Loopback");
        }

        // Now and then an app with an old sign-in.
        for (int i = 0; i < 40; i++) Add(400 + (i * 15), "198.51.100.23:9000", 401, "GET /hubs");
        all.Add(Line(end, "[HttpClient/HCl#30] HTTP/1.1 (0.4s) 401 response from GET https://plex.tv/api/v2/ping"));
        return all;
    }
}
