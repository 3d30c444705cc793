using System.Buffers;

namespace RePlexOn.Security.AccessLog;

/// <summary>
/// What one request shows of who sent it. Refusals are a part of ordinary life: browsers ask for <c>/</c> before they sign
/// in, Plexamp asks for loudness levels without a token, sessions run out in the midst of a film, artwork goes missing.
/// </summary>
internal static class AccessRules
{
    // First parts of the paths that the server and its web client have. What is not here, and is refused, no client of Plex asks for.
    private static readonly HashSet<string> Roots = new(StringComparer.OrdinalIgnoreCase)
    {
        "", ":", "accounts", "actions", "activities", "agents", "applications", "audio", "butler", "channels", "chunk", "clients",
        "connect", "connections", "desktop", "devices", "diagnostics", "download", "downloadqueue", "downloads", "eventsource",
        "file", "global", "help", "home", "hubs", "identity", "library", "livetv", "log", "logging", "logs", "manage", "media",
        "metadata", "music", "myplex", "neighborhood", "photo", "pins", "ping", "player", "playlists", "playqueues", "plugins",
        "prefs", "resources", "search", "security", "servers", "services", "settings", "statistics", "status", "subtitles",
        "sync", "system", "timeline", "transcode", "tv", "updater", "user", "users", "video", "watch", "web", "websockets",
    };

    // What browsers, phones and polite robots ask of any site.
    private static readonly HashSet<string> Customary = new(StringComparer.OrdinalIgnoreCase)
    {
        "favicon.ico", "favicon.png", "robots.txt", "sitemap.xml", "manifest.json", "site.webmanifest", "crossdomain.xml",
        "clientaccesspolicy.xml", "browserconfig.xml", "service-worker.js", "sw.js", "ads.txt", "security.txt", ".well-known",
        "apple-app-site-association", "serviceworker.js", "index.html",
    };

    private static readonly string[] RefusedInDailyUse =
    [
        "/identity", "/media/providers", "/photo/:/transcode", "/:/timeline", "/:/progress", "/:/scrobble", "/:/unscrobble",
        "/:/websockets", "/:/eventsource", "/library/streams/", "/library/parts/", "/playqueues", "/player/", "/web/",
    ];

    private static readonly SearchValues<string> FilesOfTheHost = SearchValues.Create(
        ["/etc/passwd", "/etc/shadow", "/proc/self/", "/boot.ini", "/win.ini", "%c0%ae", "%c0%af", "..;/"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Code = SearchValues.Create(
        [
            "<script", "javascript:", "onerror=", "union select", "union all select", "' or '", "' or 1=", "\" or 1=", "information_schema",
            "waitfor delay", "xp_cmdshell", "${jndi:", "${${", "${env:", "$(curl", "$(wget", "$(id", ";wget ", "|wget ", ";curl ", "|curl ",
            ";cat ", "|cat ", "`wget ", "`curl ", "/bin/sh", "/bin/bash", "cmd.exe", "php://", "<?php", "allow_url_include",
            "auto_prepend_file", "base64_decode(", "class.module.classloader", "{{7*7}}", "() { :", "invokefunction",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a request by itself; null for nothing.</summary>
    public static AccessReason? Judge(AccessEvent request)
    {
        string url = UrlText.Decode(request.Url);
        // Somebody who is let in may search for a film of any name.
        string suspect = request.User is null ? url : PathOf(url);
        if (HasTraversal(suspect)) return AccessReason.Traversal;
        if (HasCode(suspect)) return AccessReason.Injection;
        return request.User is null && request.Status is >= 400 and < 500 && IsForeign(url) ? AccessReason.Scan : null;
    }

    /// <summary>Whether the request was refused for want of a token, where a client of Plex would have had one.</summary>
    public static bool IsRefused(AccessEvent request) =>
        request is { Status: 401 or 403, User: null, Method: not "OPTIONS" } && !IsRefusedInDailyUse(PathOf(request.Url));

    private static bool IsRefusedInDailyUse(string path) =>
        path == "/"
        || Array.Exists(RefusedInDailyUse, start => path.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        || path.Contains("/:/transcode/", StringComparison.OrdinalIgnoreCase)
        || IsArtwork(path);

    private static bool IsArtwork(string path) =>
        path.StartsWith("/library/", StringComparison.OrdinalIgnoreCase)
        && (path.Contains("/thumb", StringComparison.OrdinalIgnoreCase) || path.Contains("/art", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/composite", StringComparison.OrdinalIgnoreCase) || path.Contains("/banner", StringComparison.OrdinalIgnoreCase));

    private static bool IsForeign(string url)
    {
        string path = PathOf(url);
        if (path == "*") return false;
        if (path.Length == 0 || path[0] != '/') return true;
        int end = path.IndexOf('/', 1);
        ReadOnlySpan<char> root = end < 0 ? path.AsSpan(1) : path.AsSpan(1, end - 1);
        return !Roots.GetAlternateLookup<ReadOnlySpan<char>>().Contains(root)
            && !Customary.GetAlternateLookup<ReadOnlySpan<char>>().Contains(root)
            && !root.StartsWith("apple-touch-icon", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasTraversal(string url)
    {
        for (int dots = url.IndexOf("..", StringComparison.Ordinal); dots >= 0; dots = url.IndexOf("..", dots + 1, StringComparison.Ordinal))
        {
            // A whole part of a path: a title may well end in dots.
            char before = dots == 0 ? '\0' : url[dots - 1];
            char after = dots + 2 == url.Length ? '?' : url[dots + 2];
            if ((before == '/' && (after is '/' or '?' or '&')) || (before == '=' && after == '/')) return true;
        }

        return url.AsSpan().ContainsAny(FilesOfTheHost);
    }

    private static bool HasCode(string url)
    {
        // A line break in a URL is meant to begin a header or a line of a log.
        if (url.AsSpan().ContainsAny('\r', '\n')) return true;
        string plain = url.Contains('+', StringComparison.Ordinal) ? url.Replace('+', ' ') : url;
        return plain.AsSpan().ContainsAny(Code);
    }

    private static string PathOf(string url)
    {
        int end = url.AsSpan().IndexOfAny('?', '&');
        return end < 0 ? url : url[..end];
    }
}
