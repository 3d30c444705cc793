using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;
using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.AccessLog;

/// <summary>From lines to suspicion.</summary>
public sealed class SuspicionTests
{
    private const string Stranger = "203.0.113.5:4000";

    [Fact]
    public void Should_tell_of_a_burst_of_refusals()
    {
        SuspiciousAccess found = Assert.Single(Find(Refusals(Stranger, 20, TimeSpan.FromSeconds(10))));

        Assert.Equal("203.0.113.5", found.Address);
        Assert.Equal([AccessReason.RefusedSignIn], found.Reasons);
        Assert.Equal(20, found.Requests);
        Assert.Equal(TimeSpan.FromSeconds(190), found.LastSeen - found.FirstSeen);
        Assert.Contains("Block-PlexAddress 203.0.113.5", found.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(19, 10)]
    [InlineData(200, 60)]
    public void Should_let_refusals_be_that_are_few_or_far_between(int count, int seconds) =>
        Assert.Empty(Find(Refusals(Stranger, count, TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Should_let_an_address_be_whose_session_has_run_out() => Assert.Empty(Find(
    [
        .. Pair(Start.AddMinutes(-20), Stranger, 200, "GET /hubs", tail: " TLS Token (me)"),
        .. Refusals(Stranger, 100, TimeSpan.FromSeconds(1)),
    ]));

    [Theory]
    [InlineData("192.168.1.7:4000")]
    [InlineData("127.0.0.1:4000")]
    [InlineData("[fd00::7]:4000")]
    [InlineData("100.100.1.1:4000")]
    public void Should_let_the_own_network_be_refused(string peer) => Assert.Empty(Find(Refusals(peer, 100, TimeSpan.FromSeconds(1))));

    [Fact]
    public void Should_tell_of_an_attack_from_the_own_network_and_warn_of_blocking_it()
    {
        SuspiciousAccess found = Assert.Single(Find(Pair(Start, "192.168.1.7:4000", 404, "GET /web/../../etc/passwd")));
        Assert.True(found.IsLocal);
        Assert.DoesNotContain("Block-PlexAddress", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_of_a_scan()
    {
        string[] names = ["/wp-login.php", "/.env", "/boaform", "/actuator", "/vendor/x"];
        string[] lines = [.. names.SelectMany((name, i) => Pair(Start.AddSeconds(i), Stranger, 404, $"GET {name}"))];

        Assert.Equal([AccessReason.Scan], Assert.Single(Find(lines)).Reasons);
        Assert.Empty(Find(lines[..8]));
    }

    [Fact]
    public void Should_tell_of_a_rate_that_no_client_has()
    {
        string[] lines = [.. Enumerable.Range(0, 700).SelectMany(i => Pair(Start.AddMilliseconds(i * 50), Stranger, 200, "GET /identity"))];
        Assert.Equal([AccessReason.Rate], Assert.Single(Find(lines)).Reasons);
    }

    [Fact]
    public void Should_let_a_browser_fetch_artwork_as_fast_as_it_can() => Assert.Empty(Find(
        [.. Enumerable.Range(0, 3000).SelectMany(i => Pair(Start.AddMilliseconds(i * 10), Stranger, i % 2 == 0 ? 200 : 404, "GET /photo/:/transcode?a", tail: " TLS Token (me)"))]));

    [Fact]
    public void Should_find_nothing_in_a_day_of_an_ordinary_server() => Assert.Empty(Find([.. DailyLife.Until(Start)]));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.77")]
    [InlineData("192.0.2.66, 203.0.113.77", "203.0.113.77")]
    [InlineData("203.0.113.77, 10.0.0.3", "203.0.113.77")]
    [InlineData("203.0.113.77:5555", "203.0.113.77")]
    [InlineData("[2001:db8::77]:5555", "2001:db8::77")]
    [InlineData("999.1.1.1", "10.0.0.2")]
    [InlineData("nonsense", "10.0.0.2")]
    public void Should_see_the_client_behind_a_trusted_proxy(string forwarded, string client)
    {
        AccessEvent request = Assert.Single(Read(
            Pair(Start, "10.0.0.2:1", 401, "GET /library", tail: $" TLS Token () / X-Forwarded-For => {forwarded}"), "10.0.0.2", "10.0.0.3"));
        Assert.Equal(client, request.Address);
        Assert.Equal("10.0.0.2", request.Peer);
    }

    [Fact]
    public void Should_not_believe_anybody_else() => Assert.Equal("203.0.113.5", Assert.Single(Read(
        Pair(Start, Stranger, 401, "GET /library", tail: " TLS Token () / X-Forwarded-For => 192.0.2.1"), "10.0.0.2")).Address);

    [Fact]
    public void Should_blame_nobody_for_a_header_that_is_made_up()
    {
        string tail = " TLS Token () / User-Agent => x / X-Forwarded-For => 192.0.2.1 / X-Forwarded-For => 203.0.113.9";
        SuspiciousAccess found = Assert.Single(Find(Pair(Start, "10.0.0.2:1", 401, "GET /library", tail: tail), "10.0.0.2"));
        Assert.Equal("10.0.0.2", found.Address);
        Assert.Equal([AccessReason.ForgedForwarding], found.Reasons);
        Assert.Contains("proxy", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_pair_requests_that_overlap_and_give_on_what_was_never_answered()
    {
        IReadOnlyList<AccessEvent> events = Read(
        [
            Request(Start, Stranger, "GET /a", "1", tail: " Token (ann)"),
            Request(Start, Stranger, "GET /b", "2", tail: " Token (bob)"),
            Request(Start, Stranger, "GET /c", "3"),
            Completed(Start, Stranger, 200, "GET /b", "2"),
            Completed(Start, Stranger, 201, "GET /a", "1"),
            Completed(Start, Stranger, 204, "GET /d", "4"),
        ]);
        Assert.Equal(
            [("/b", 200, "bob"), ("/a", 201, "ann"), ("/d", 204, null), ("/c", null, null)],
            events.Select(one => (one.Url, one.Status, one.User)));
    }

    [Fact]
    public void Should_pair_by_address_and_path_where_there_is_no_number()
    {
        string[] lines = [.. Pair(Start, Stranger, 200, "GET /hubs", "9", tail: " Token (ann)").Select(line => line.Replace(" #9", "", StringComparison.Ordinal))];
        Assert.Equal("ann", Assert.Single(Read(lines)).User);
    }

    [Fact]
    public void Should_take_an_address_in_other_clothes_for_the_same()
    {
        IEnumerable<string> lines = Refusals("[::ffff:203.0.113.5]:1", 10, TimeSpan.FromSeconds(1)).Concat(Refusals(Stranger, 10, TimeSpan.FromSeconds(1)));
        Assert.Equal("203.0.113.5", Assert.Single(Find([.. lines])).Address);
    }

    [Theory]
    [InlineData("999.999.999.999:1")]
    [InlineData("010.0.0.1:1")]
    [InlineData("1:1")]
    public void Should_take_no_nonsense_for_an_address(string peer) => Assert.Empty(Read(Pair(Start, peer, 401, "GET /accounts")));

    private static string[] Refusals(string peer, int count, TimeSpan apart) =>
        [.. Enumerable.Range(0, count).SelectMany(i => Pair(Start + (apart * i), peer, 401, $"GET /library/sections/{i}"))];

    private static IReadOnlyList<SuspiciousAccess> Find(IReadOnlyList<string> lines, params string[] proxies)
    {
        var detector = new SuspicionDetector(new SuspicionLimits());
        foreach (AccessEvent request in Read(lines, proxies)) detector.Add(request);
        return [.. detector.Suspicious];
    }

    private static IReadOnlyList<AccessEvent> Read(IReadOnlyList<string> lines, params string[] proxies)
    {
        var events = new List<AccessEvent>();
        var pipeline = new AccessPipeline(new AccessSettings { TrustedProxies = proxies }, TimeZoneInfo.Utc, events.Add);
        foreach (string line in lines) pipeline.Add(Bytes(line));
        pipeline.Finish();
        return events;
    }
}
