using RePlexOn.Security.AccessLog;

namespace RePlexOn.Tests.AccessLog;

public sealed class AccessRulesTests
{
    [Theory]
    [InlineData("/web/../../etc/passwd", AccessReason.Traversal)]
    [InlineData("/photo/:/transcode?url=%2F%2e%2e%2F%2e%2e%2Fetc%2Fpasswd", AccessReason.Traversal)]
    [InlineData("/a/%252e%252e/%252e%252e/secret", AccessReason.Traversal)]
    [InlineData(@"/..\..\windows\win.ini", AccessReason.Traversal)]
    [InlineData("/x?file=../../a", AccessReason.Traversal)]
    [InlineData("/library/sections?type=1%27%20OR%20%271%27=%271", AccessReason.Injection)]
    [InlineData("/x?id=1+UNION+SELECT+password", AccessReason.Injection)]
    [InlineData("/?q=%3Cscript%3Ealert(1)", AccessReason.Injection)]
    [InlineData("/$%7Bjndi:ldap://x%7D", AccessReason.Injection)]
    [InlineData("/a?b=%0d%0aSet-Cookie:x", AccessReason.Injection)]
    [InlineData("/shell?cd+/tmp;wget+http://x", AccessReason.Injection)]
    [InlineData("/wp-login.php", AccessReason.Scan)]
    [InlineData("/.env", AccessReason.Scan)]
    [InlineData("http://example.org/", AccessReason.Scan)]
    public void Should_see_what_is_wrong_with_a_request(string url, AccessReason reason) =>
        Assert.Equal(reason, AccessRules.Judge(Of(url, 404)));

    [Theory]
    [InlineData("/", 401)]
    [InlineData("/favicon.ico", 404)]
    [InlineData("/robots.txt", 404)]
    [InlineData("/apple-touch-icon-precomposed.png", 404)]
    [InlineData("/library/metadata/1/Wait...What%3F.jpg", 404)]
    [InlineData("/library/parts/1/2/file...mkv", 200)]
    [InlineData("/search?query=..", 401)]
    [InlineData("/:/plugins/com.plexapp.system/resourceHashes", 404)]
    [InlineData("/web/js/chunk-845-1f39.js", 200)]
    [InlineData("/photo/:/transcode?width=480&url=%2Flibrary%2Fmetadata%2F841661%2Fthumb%2F1770399707%3FX-Plex-Token%3Dxxxx", 400)]
    [InlineData("/playQueues?uri=server%3A%2F%2Fabc%2Fcom.plexapp.plugins.library%2Flibrary%2Fmetadata%2F1", 401)]
    [InlineData("/newapi/of/a/later/version", 200)]
    [InlineData("*", 404)]
    public void Should_find_nothing_wrong_with_daily_life(string url, int status) => Assert.Null(AccessRules.Judge(Of(url, status)));

    [Fact]
    public void Should_let_a_user_search_for_a_film_of_any_name()
    {
        Assert.Null(AccessRules.Judge(Of("/hubs/search?query=union select <script>", 200) with { User = "me" }));
        Assert.Equal(AccessReason.Traversal, AccessRules.Judge(Of("/library/../../etc", 404) with { User = "me" }));
    }

    [Theory]
    [InlineData("/library/sections", 401, true)]
    [InlineData("/status/sessions", 403, true)]
    [InlineData("/library/sections", 200, false)]
    [InlineData("/library/sections", 404, false)]
    [InlineData("/", 401, false)]
    [InlineData("/?X-Plex-Product=Plex%20Web", 401, false)]
    [InlineData("/identity", 401, false)]
    [InlineData("/library/streams/133996/levels?subsample=128", 401, false)]
    [InlineData("/video/:/transcode/universal/decision?path=1", 401, false)]
    [InlineData("/:/timeline?state=playing", 403, false)]
    [InlineData("/photo/:/transcode?url=a", 401, false)]
    [InlineData("/library/metadata/1/thumb/2", 401, false)]
    public void Should_know_which_refusals_count(string url, int status, bool counts) => Assert.Equal(counts, AccessRules.IsRefused(Of(url, status)));

    private static AccessEvent Of(string url, int status) => new()
    {
        Time = DateTimeOffset.UnixEpoch, Address = "203.0.113.5", Peer = "203.0.113.5", Method = "GET", Url = url, Status = status,
    };
}
