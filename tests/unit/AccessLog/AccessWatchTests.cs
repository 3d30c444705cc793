using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;
using RePlexOn.Tests.Fixtures;
using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.AccessLog;

public sealed class AccessWatchTests : IDisposable
{
    private const string Token = "s3cr3tTokenAbcDef123";
    private readonly ScratchFolder _folder = new();

    private string Log => _folder.At("Plex Media Server.log");

    private RePlexOnConfiguration Configuration => new() { StateDirectory = _folder.At("state") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_count_over_several_looks_and_tell_of_each_address_once()
    {
        for (int i = 0; i < 30; i++)
        {
            Append(Pair(Start.AddSeconds(i), "203.0.113.5:1", 401, "GET /accounts"));
            IReadOnlyList<SuspiciousAccess> found = await LookAsync();
            Assert.Equal(i == 19 ? ["203.0.113.5"] : [], found.Select(one => one.Address));
        }

        SuspiciousAccess kept = Assert.Single(Recorded());
        Assert.Equal(30, kept.Requests);
        Assert.Equal(Start, kept.FirstSeen.DateTime);
        Assert.Equal(TimeSpan.FromSeconds(29), kept.LastSeen - kept.FirstSeen);
    }

    [Fact]
    public async Task Should_pair_a_request_with_an_answer_that_comes_after_a_restart()
    {
        string[] pair = Pair(Start, "10.0.0.2:1", 404, "GET /web/../../etc/passwd", tail: " Token () / X-Forwarded-For => 203.0.113.9");
        RePlexOnConfiguration behindProxy = Configuration with { Access = new AccessSettings { TrustedProxies = ["10.0.0.2"] } };
        Append(pair[0]);
        Assert.Empty(await LookAsync(behindProxy));
        Append(pair[1]);
        Assert.Equal("203.0.113.9", Assert.Single(await LookAsync(behindProxy)).Address);
    }

    [Fact]
    public async Task Should_tell_anew_of_an_address_that_comes_again_after_a_day()
    {
        foreach (int hours in new[] { 0, 1, 24, 50 }) Append(Pair(Start.AddHours(hours), "203.0.113.5:1", 404, "GET /web/../../etc"));
        await LookAsync();
        Assert.Equal([1, 3], Recorded().Select(one => one.Requests));
    }

    [Fact]
    public async Task Should_keep_nothing_of_a_look_that_was_stopped_and_count_it_then()
    {
        Append([.. Enumerable.Range(0, 5000).SelectMany(i => Pair(Start.AddSeconds(i), "203.0.113.5:1", 401, "GET /accounts"))]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LookAsync(Configuration, stop.Token));
        Assert.Empty(Recorded());
        await LookAsync();
        Assert.Equal(5000, Assert.Single(Recorded()).Requests);
    }

    [Fact]
    public async Task Should_follow_until_it_is_stopped()
    {
        Append(Line(Start, "Plex Media Server v1.43.0"));
        using var stop = new CancellationTokenSource();
        bool hasAttacked = false;
        var options = new AccessWatchOptions { Path = Log, Interval = TimeSpan.FromMilliseconds(10), Report = _ => Attack() };
        var found = new List<string>();
        await foreach (SuspiciousAccess one in new AccessWatch(TimeProvider.System).RunAsync(Configuration, options, stop.Token))
        {
            found.Add(one.Address);
            await stop.CancelAsync();
        }

        Assert.Equal(["203.0.113.5"], found);

        void Attack()
        {
            if (!hasAttacked) Append(Pair(Start, "203.0.113.5:1", 404, "GET /web/../../etc"));
            hasAttacked = true;
        }
    }

    [Fact]
    public async Task Should_not_watch_twice_at_once()
    {
        Append(Line(Start, "Plex Media Server v1.43.0"));
        using var stop = new CancellationTokenSource();
        string? second = null;
        var options = new AccessWatchOptions { Path = Log, Report = _ => Try() };
        await foreach (SuspiciousAccess _ in new AccessWatch(TimeProvider.System).RunAsync(Configuration, options, stop.Token))
        {
        }

        Assert.Equal("AccessWatched", second);

        void Try()
        {
            second = Assert.ThrowsAsync<RePlexOnException>(() => LookAsync()).Result.ErrorId;
            stop.Cancel();
        }
    }

    [Fact]
    public async Task Should_raise_one_alert_for_each_address_that_is_news()
    {
        using var hook = new WebServer();
        RePlexOnConfiguration alerting = Configuration with { Webhooks = new WebhookSettings { Json = hook.Address + "/hook" } };
        DateTime now = DateTime.Now.AddMinutes(-1);
        Append(Pair(now.AddDays(-3), "203.0.113.7:1", 404, "GET /web/../../etc"));
        for (int i = 0; i < 3; i++)
        {
            Append(Pair(now.AddSeconds(i), "203.0.113.5:1", 404, $"GET /web/../../etc?X-Plex-Token={Token}"));
            await LookAsync(alerting);
        }

        ReceivedRequest alert = Assert.Single(hook.Requests);
        Assert.Equal("Security", alert.Json.GetProperty("kind").GetString());
        Assert.Equal("203.0.113.5", alert.Json.GetProperty("trouble").GetString());
        Assert.DoesNotContain(Token, alert.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_no_token()
    {
        Append(Pair(Start, "203.0.113.5:1", 404, $"GET /web/../../etc?X-Plex-Token={Token}"));
        Append(Request(Start, "203.0.113.5:2", $"GET /waiting?url=%2F%3FX-Plex-Token%3D{Token}", "2"));
        Assert.DoesNotContain(Token, string.Concat((await LookAsync()).SelectMany(one => one.Examples)), StringComparison.Ordinal);
        Assert.NotEmpty(Recorded());
        foreach (string file in Directory.GetFiles(_folder.At("state")))
            Assert.DoesNotContain(Token, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_no_harm_from_ten_thousand_hostile_lines()
    {
        var random = new Random(11);
        byte[] bytes = new byte[400];
        using (FileStream file = File.Create(Log))
        {
            for (int i = 0; i < 10_000; i++)
            {
                random.NextBytes(bytes);
                file.Write(Bytes(Line(Start, i % 2 == 0 ? "Request: [" : "Completed: [203.0.113.5:1] 200 GET /")));
                file.Write(bytes.AsSpan(0, random.Next(bytes.Length)));
                file.WriteByte((byte)'\n');
            }
        }

        Append(Pair(Start, "203.0.113.9:1", 404, "GET /web/../../etc/passwd"));
        Assert.Contains(await LookAsync(), one => one.Address == "203.0.113.9");
    }

    [Fact]
    public void Should_take_the_zone_of_the_log_from_the_time_of_its_file()
    {
        Append(Line(Start, "one"));
        File.SetLastWriteTimeUtc(Log, DateTime.SpecifyKind(Start, DateTimeKind.Utc).AddHours(5).AddSeconds(1));
        Assert.Equal(TimeSpan.FromHours(-5), LogZone.Find(Log, TimeZoneInfo.Utc).BaseUtcOffset);
        Assert.Equal("UTC-0500", LogZone.Find(Log, TimeZoneInfo.Utc).Id);
        File.SetLastWriteTimeUtc(Log, DateTime.SpecifyKind(Start, DateTimeKind.Utc).AddDays(3).AddMinutes(7));
        Assert.Same(TimeZoneInfo.Utc, LogZone.Find(Log, TimeZoneInfo.Utc));
    }

    private async Task<IReadOnlyList<SuspiciousAccess>> LookAsync(RePlexOnConfiguration? configuration = null, CancellationToken token = default)
    {
        var found = new List<SuspiciousAccess>();
        var options = new AccessWatchOptions { Path = Log, Once = true };
        await foreach (SuspiciousAccess one in new AccessWatch(TimeProvider.System).RunAsync(configuration ?? Configuration, options, token)) found.Add(one);
        return found;
    }

    private IReadOnlyList<SuspiciousAccess> Recorded() => new AccessWatch(TimeProvider.System).Recorded(Configuration, after: null);

    private void Append(params string[] lines) => File.AppendAllLines(Log, lines);
}
