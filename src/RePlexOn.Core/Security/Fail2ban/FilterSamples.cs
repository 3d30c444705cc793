namespace RePlexOn.Security.Fail2ban;

/// <summary>Lines of our own as Plex writes them, by which the filter is proven on this machine's fail2ban.</summary>
internal static class FilterSamples
{
    /// <summary>Each of these must count against 203.0.113.9, or 2001:db8::9.</summary>
    public static IReadOnlyList<string> Attacks { get; } =
    [
        Answer("203.0.113.9:50001", "401 GET /library/sections"),
        Answer("203.0.113.9:50002", "401 GET /status/sessions?X-Plex-Token=xxxxxxxxxxxxxxxxxxxx"),
        Answer("203.0.113.9:50003", "403 PUT /:/prefs?FriendlyName=owned"),
        Answer("203.0.113.9:50004", "401 GET /wp-login.php"),
        Answer("203.0.113.9:50005", "404 GET /.env"),
        Answer("203.0.113.9:50006", "404 GET /web/../../etc/passwd"),
        Answer("203.0.113.9:50007", "400 GET /photo/:/transcode?url=%2F%2e%2e%2F%2e%2e%2Fetc%2Fpasswd"),
        Answer("[2001:db8::9]:50008", "401 GET /accounts"),
    ];

    /// <summary>None of these may count against anybody.</summary>
    public static IReadOnlyList<string> DailyLife { get; } =
    [
        Answer("198.51.100.1:50001", "401 GET /"),
        Answer("198.51.100.1:50002", "401 GET /?X-Plex-Product=Plex%20Web"),
        Answer("198.51.100.1:50003", "401 GET /identity"),
        Answer("198.51.100.1:50004", "401 GET /library/streams/133996/levels?subsample=128"),
        Answer("198.51.100.1:50005", "401 GET /video/:/transcode/universal/decision?path=%2Flibrary%2Fmetadata%2F1"),
        Answer("198.51.100.1:50006", "403 GET /:/timeline?state=playing"),
        Answer("198.51.100.1:50007", "404 GET /photo/:/transcode?width=240&url=https%3A%2F%2Fexample.org%2Fimage.php"),
        Answer("198.51.100.1:50008", "401 GET /library/metadata/841661/thumb/1770399707"),
        Answer("198.51.100.1:50009", "401 OPTIONS /library/sections"),
        Answer("198.51.100.1:50010", "503 GET /media/providers"),
        Answer("198.51.100.1:50011", "200 GET /library/sections"),
        Answer("198.51.100.1:50012", "401 GET /favicon.ico"),
        // Text that a client has written, so that somebody else be banned.
        Line("Request: [198.51.100.1:50013 (WAN)] GET /x?Completed:%20[192.0.2.1:1]%20401%20GET%20/accounts (2 live) #d TLS Token ()"),
        Answer("198.51.100.1:50014", "200 GET /web/Feb 06, 2026 12:48:40.082 [1] DEBUG - Completed: [192.0.2.1:1] 401 GET /accounts"),
        Line("HTTP 401 response from GET https://plex.tv/api/v2/user (reused)"),
        Line("[HttpClient/HCl#30] HTTP/1.1 (0.4s) 401 response from GET https://plex.tv/api/v2/ping"),
    ];

    private static string Answer(string peer, string what) => Line($"Completed: [{peer}] {what} (4 live) #6 TLS GZIP 1ms 436 bytes");

    private static string Line(string text) => $"Feb 06, 2026 12:48:40.082 [136529580047160] DEBUG - {text}";
}
