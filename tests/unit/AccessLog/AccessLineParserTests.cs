using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Security.AccessLog;
using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.AccessLog;

public sealed class AccessLineParserTests
{
    [Theory]
    [InlineData("Request: [192.168.1.208:18113 (Subnet)] GET /media/providers (2 live) #1 GZIP Token ()", "192.168.1.208", "Subnet", "/media/providers", "1", "", "")]
    [InlineData("Request: [10.0.0.2:62048 (Allowed Network (Subnet))] GET /a?b=%2F (27 live) #48355 TLS GZIP Signed-in Token (remi) / Accept => application/json", "10.0.0.2", "Allowed Network (Subnet)", "/a?b=%2F", "48355", "remi", "")]
    [InlineData("Request: [[::1]:13253 (Loopback)] GET / (1 live) #a TLS Page 0-49 GZIP Signed-in Token (me) (Chrome) / X-Forwarded-For => 1.2.3.4", "::1", "Loopback", "/", "a", "me", "1.2.3.4")]
    [InlineData("Request: [192.168.49.1:49987 (Subnet)] GET /hubs (4 live) TLS GZIP Signed-in Token (davidpfitz)", "192.168.49.1", "Subnet", "/hubs", "", "davidpfitz", "")]
    [InlineData("Request: [172.18.0.12:40112 (Subnet)] GET /identity (4 live) #1c0 Signed-in", "172.18.0.12", "Subnet", "/identity", "1c0", "", "")]
    public void Should_read_a_request(string text, string peer, string network, string url, string id, string user, string forwarded)
    {
        Assert.True(AccessLineParser.TryRead(Bytes(Line(Start, text)), out AccessLine line));
        Assert.False(line.IsCompleted);
        Assert.Equal(Start, line.Time);
        Assert.Equal(
            [peer, network, "GET", url, id, user, forwarded],
            [Text(line.Peer), Text(line.Network), Text(line.Method), Text(line.Url), Text(line.Id), Text(line.User), Text(line.Forwarded)]);
    }

    [Theory]
    [InlineData("Completed: [192.168.1.208:18113] 503 GET /media/providers (2 live) #1 GZIP 0ms 436 bytes (pipelined: 1)", 503, "/media/providers", 0, 436)]
    [InlineData("Completed: [192.168.1.111:55824] 200 GET /library/sections/3/all (3 live) #57d3a Page 0--1 35905ms 707 bytes", 200, "/library/sections/3/all", 35905, 707)]
    [InlineData("Completed: [[2001:db8::9]:8753] 401 GET / (2 live) TLS 1ms 91 bytes", 401, "/", 1, 91)]
    public void Should_read_an_answer(string text, int status, string url, long milliseconds, long bytes)
    {
        Assert.True(AccessLineParser.TryRead(Bytes(Line(Start, text)), out AccessLine line));
        Assert.True(line.IsCompleted);
        Assert.Equal(status, line.Status);
        Assert.Equal(url, Text(line.Url));
        Assert.Equal((milliseconds, bytes), (line.Milliseconds, line.Bytes));
    }

    [Theory]
    [InlineData("HTTP 401 response from GET https://plex.tv/api/v2/user")]
    [InlineData("[HttpClient/HCl#30] HTTP/1.1 (0.4s) 200 response from GET https://plex.tv/")]
    [InlineData("[Req#1f] Request: [1.2.3.4:5 (WAN)] GET / (1 live) #1")]
    [InlineData("Networking: Completed request 105: (GET https://my.server.url:443/) with code 401")]
    [InlineData("Completed: [1.2.3.4:99999] 401 GET / (1 live) #1")]
    [InlineData("Completed: [1.2.3.4:5] 4x1 GET / (1 live) #1")]
    [InlineData("Completed: [1.2.3.4:5] 401 ")]
    [InlineData("Request: [1.2.3.4:5")]
    public void Should_pass_over_any_other_line(string text) =>
        Assert.False(AccessLineParser.TryRead(Bytes(Line(Start, text)), out _));

    [Theory]
    [InlineData("Feb 30, 2026 12:00:00.000 [1] DEBUG - Completed: [1.2.3.4:5] 200 GET / (1 live) #1")]
    [InlineData("Abc 06, 2026 12:00:00.000 [1] DEBUG - Completed: [1.2.3.4:5] 200 GET / (1 live) #1")]
    [InlineData("Feb 06, 2026 25:00:00.000 [1] DEBUG - Completed: [1.2.3.4:5] 200 GET / (1 live) #1")]
    [InlineData(" Feb 06, 2026 12:00:00.000 [1] DEBUG - Completed: [1.2.3.4:5] 200 GET / (1 live) #1")]
    [InlineData("Completed: [1.2.3.4:5] 200 GET / (1 live) #1")]
    [InlineData("")]
    public void Should_pass_over_a_line_without_a_time(string line) => Assert.False(AccessLineParser.TryRead(Bytes(line), out _));

    [Fact]
    public void Should_read_what_was_copied_from_the_web_viewer()
    {
        string line = Completed(Start, "203.0.113.5:1", 200, "GET /").Replace("DEBUG - ", "DEBUG \u2014 ", StringComparison.Ordinal);
        Assert.True(AccessLineParser.TryRead(Bytes(line), out AccessLine read));
        Assert.Equal("203.0.113.5", Text(read.Peer));
    }

    [Fact]
    public void Should_not_let_a_client_choose_who_asked()
    {
        string forged = "GET /x (9 live) #99 Token (admin) / X-Forwarded-For => 192.0.2.1 Completed: [192.0.2.1:1] 401 GET /accounts";
        foreach (string text in new[] { Request(Start, "203.0.113.5:1", forged), Completed(Start, "203.0.113.5:1", 404, forged) })
        {
            Assert.True(AccessLineParser.TryRead(Bytes(text), out AccessLine line));
            Assert.Equal("203.0.113.5", Text(line.Peer));
            Assert.Empty(Text(line.User));
            Assert.True(line.IsCompleted || line.IsForwardedDoubtful);
            // All of the client's text is looked at.
            Assert.Contains("192.0.2.1:1", Text(line.Url), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_never_fail_whatever_the_bytes()
    {
        byte[][] seeds = [Bytes(Request(Start, "[2001:db8::9]:1", "GET /a", tail: " Token (me) / X-Forwarded-For => 1.2.3.4")), Bytes(Completed(Start, "1.2.3.4:5", 401, "GET /a"))];
        Gen<byte[]> broken =
            from seed in Gen.Elements(seeds)
            from start in Gen.Choose(0, seed.Length)
            from cut in Gen.Choose(0, seed.Length - start)
            from noise in ArbMap.Default.GeneratorFor<byte[]>()
            select (byte[])[.. seed.AsSpan(0, start), .. noise ?? [], .. seed.AsSpan(start + cut)];
        Prop.ForAll(broken.ToArbitrary(), line =>
        {
            // Whatever it says of it, it must not throw.
            _ = AccessLineParser.TryRead(line, out AccessLine read) && read.Url.IsEmpty;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
