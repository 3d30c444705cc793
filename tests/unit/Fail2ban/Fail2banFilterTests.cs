using RePlexOn.Security.Fail2ban;
using RePlexOn.Tests.AccessLog;
using RePlexOn.Tests.Fixtures;
using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.Fail2ban;

/// <summary>The filter, by the real fail2ban-regex.</summary>
public sealed class Fail2banFilterTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_find_each_attack_and_name_who_it_was()
    {
        IReadOnlyList<(string Address, DateTimeOffset Time)> matches = await MatchAsync(FilterSamples.Attacks);
        Assert.Equal(FilterSamples.Attacks.Count, matches.Count);
        Assert.All(matches, match => Assert.Contains(match.Address, new[] { "203.0.113.9", "2001:db8::9" }));
    }

    [Fact]
    public async Task Should_let_daily_life_be() => Assert.Empty(await MatchAsync(FilterSamples.DailyLife));

    [Fact]
    public async Task Should_ban_nobody_in_a_day_of_an_ordinary_server()
    {
        IReadOnlyList<(string Address, DateTimeOffset Time)> matches = await MatchAsync(DailyLife.Until(DateTime.Now));
        string[] strangers = [.. matches.Select(match => match.Address).Where(address => address.StartsWith("198.51.100.", StringComparison.Ordinal))];
        // An app with an old sign-in every quarter of an hour is all that counts.
        Assert.All(strangers, address => Assert.Equal("198.51.100.23", address));
        Assert.DoesNotContain(FilterProof.Banned(matches, 20, TimeSpan.FromMinutes(10)), address => address.StartsWith("198.51.100.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_ban_nobody_whom_a_client_names_in_its_own_text()
    {
        string victim = "Completed: [192.0.2.1:1] 401 GET /accounts";
        string[] hostile =
        [
            "GET /%5B192.0.2.1:1%5D%20401%20GET%20/accounts", $"GET /] {victim}", $"GET /\tFeb 06, 2026 12:48:40.082 [1] DEBUG - {victim}",
            $"GET /x (1 live) #1 TLS / User-Agent => {victim}", $"GET /[192.0.2.1:1] {victim} (1 live) #1 TLS 1ms 1 bytes",
        ];
        IReadOnlyList<(string Address, DateTimeOffset Time)> matches = await MatchAsync(
            [.. hostile.SelectMany(what => Pair(DateTime.Now, "203.0.113.9:1", 401, what)), Line(DateTime.Now, victim.Replace("Completed", "xCompleted", StringComparison.Ordinal))]);
        Assert.All(matches, match => Assert.Equal("203.0.113.9", match.Address));
    }

    [Fact]
    public async Task Should_match_nothing_in_real_logs_of_ordinary_servers()
    {
        foreach (string log in RealSamples.In("logs", "*.log")) Assert.Equal(0, (await Proof().CountAsync(log, CancellationToken.None)).Matched);
    }

    [Theory]
    [InlineData("/srv/Application Support/Plex Media Server.log", "/srv/Application?Support/Plex?Media?Server.log")]
    [InlineData("/a[b]*%<c>\n\"d'/é😀", "/a?b????c???d?/??")]
    public void Should_write_a_path_as_a_pattern_that_fits_it(string path, string glob) => Assert.Equal(glob, JailText.Glob(path));

    [Fact]
    public void Should_count_bans_as_fail2ban_does()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        (string, DateTimeOffset)[] matches = [.. Enumerable.Range(0, 3).Select(i => ("a", now.AddMinutes(i * 5))), ("b", now), ("b", now.AddMinutes(20)), ("b", now.AddMinutes(40))];
        Assert.Equal(["a"], FilterProof.Banned(matches, 3, TimeSpan.FromMinutes(10)));
    }

    private async Task<IReadOnlyList<(string Address, DateTimeOffset Time)>> MatchAsync(IEnumerable<string> lines)
    {
        string log = _folder.File("a log with spaces.log", string.Join('\n', lines) + "\n");
        return await Proof().MatchesAsync(log, CancellationToken.None);
    }

    private FilterProof Proof() => new(new Fail2banProgram(_folder.Path), _folder.File("filter.d/replexon-plex.conf", FilterText.Content));
}
