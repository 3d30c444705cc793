namespace RePlexOn.Security.Fail2ban;

/// <summary>
/// The filter: what Plex writes when it refuses a request. Sign-in happens at plex.tv, so no line says that a password was
/// wrong; a missing and a wrong token look the same.
/// </summary>
internal static class FilterText
{
    /// <summary>The file's text.</summary>
    /// <remarks>
    /// Only answers are read: all in them that stands before the URL is the server's own, and each expression is tied to the
    /// start of the line. So nothing that a client writes, into a URL or a header, can name another address.
    /// </remarks>
    public const string Content = $$"""
        {{Fail2banFolder.Mark}} Uninstall-PlexFail2banJail (replexon fail2ban uninstall) takes it back.
        # What Plex Media Server writes when it refuses a request, such as
        #   Feb 06, 2026 12:48:40.082 [1365] DEBUG - Completed: [203.0.113.5:8753] 401 GET /library/sections (4 live) #6 TLS 1ms 91 bytes
        [Definition]
        _answer = ^\[[0-9a-fx]{1,20}\] [A-Z]{3,8} \S{1,3} Completed: \[<ADDR>:\d{1,5}\]

        # Refused in daily life too: browsers ask for / before they sign in, clients look whether a server is there, Plexamp asks
        # for loudness levels without a token, sessions run out in the midst of a film, artwork is asked for by old links.
        _daily = (?:[?\s]|identity\b|media/providers\b|photo/:/|:/(?:timeline|progress|scrobble|unscrobble|websockets|eventsource)\b|library/(?:streams|parts)/|library/[^?\s]*/(?:thumb|art|composite|banner)|[^?\s]*/:/transcode/|play[qQ]ueues\b|player/|web\b|favicon|robots\.txt|manifest\.json|site\.webmanifest|sitemap|crossdomain|\.well-known/|apple-touch-icon|security\.txt|index\.html|sw\.js|service-?worker)

        # In the path alone, for what comes after it may be the address of a picture.
        _foreign = (?:\.(?:php|aspx?|jspx?|cgi|env|sql|bak|action)\b|/\.(?:env|git|svn|aws|ssh|vscode)\b|/(?:wp-|cgi-bin|phpmyadmin|boaform|hnap1|actuator|vendor/phpunit|solr|geoserver|owa/))
        _traversal = (?:/|%%2[fF]|=)(?:\.|%%2[eE]){2}(?:/|%%2[fF]|\\|%%5[cC])

        failregex = %(_answer)s 40[13] (?!OPTIONS )[A-Z]{3,20} /(?!%(_daily)s)
                    %(_answer)s 4\d\d [A-Z]{3,20} /[^?\s]*(?i:%(_foreign)s)
                    %(_answer)s 4\d\d [A-Z]{3,20} \S*%(_traversal)s
        ignoreregex =
        datepattern = ^%%b %%d, %%Y %%H:%%M:%%S\.%%f\s+

        """;
}
