using System.Text.Json;
using RePlexOn.Checks;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

public sealed class RunningServerTests : IDisposable
{
    private readonly AuditScene _scene = new();
    private readonly PlexStandIn _plex = new(AuditScene.Processed, AuditScene.Token);

    public RunningServerTests() => _scene.Set("audit", new { serverUrl = _plex.Address });

    public void Dispose()
    {
        _plex.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task Should_believe_the_running_server_more_than_its_file()
    {
        _scene.Change(("LogTokensForDebug", "1"), ("DlnaEnabled", "0"));
        _plex.Settings["DlnaEnabled"] = "1";

        SecurityAuditResult result = await _scene.AuditAsync();

        Dictionary<string, CheckStatus> found = result.Checks.ToDictionary(check => check.Id, check => check.Status);
        Assert.Equal((CheckStatus.Fail, CheckStatus.Pass), (found["RPX-NET-010"], found["RPX-LOG-001"]));
        Assert.Equal(_plex.Version, result.ServerVersion);
        Assert.Equal(CheckStatus.Pass, found["RPX-ACC-005"]);
    }

    [Fact]
    public async Task Should_find_a_server_that_asks_nobody_who_he_is()
    {
        _plex.AllowsStrangers = true;

        Assert.Equal(CheckStatus.Fail, (await _scene.StatusesAsync())["RPX-ACC-005"]);
    }

    [Fact]
    public async Task Should_send_the_token_to_no_other_server()
    {
        using var other = new PlexStandIn("another-server", AuditScene.Token);
        _scene.Set("audit", new { serverUrl = other.Address });

        SecurityAuditResult result = await _scene.AuditAsync();

        Assert.DoesNotContain(other.Requests, request => request.HadToken);
        Assert.Equal(CheckStatus.NotApplicable, result.Checks.Single(check => check.Id == "RPX-ACC-005").Status);
    }

    [Fact]
    public async Task Should_send_the_token_to_no_program_of_another_user()
    {
        if (!Environment.IsPrivilegedProcess) return;

        // The server that listens is root's; were the data directory's owner the one who listens, it would be his.
        var owner = new FileOwner(65534, 65534);
        owner.ApplyTo(_scene.Source);
        Assert.NotNull((await _scene.AuditAsync()).ServerVersion);
        Assert.Contains(_plex.Requests, request => request.HadToken);

        // A port that nobody listens on in the kernel's tables stands for one that belongs to somebody else.
        var visit = new ServerVisit(_scene.Source, PlexPreferences.Parse(_scene.PreferencesFile), PlexToken.Read(_scene.PreferencesFile));
        using PlexServerClient client = (await PlexServerClient.ConnectAsync(new Uri(_plex.Address), CancellationToken.None))!;
        _plex.Dispose();
        Assert.Null(visit.TokenFor(client).Token);
    }

    [Theory]
    [InlineData("http://192.0.2.7:32400", "ServerUrlUnsafe")]
    [InlineData("ftp://127.0.0.1", "ServerUrlInvalid")]
    [InlineData("http://user:hunter2@127.0.0.1:32400", "ServerUrlInvalid")]
    [InlineData("nonsense", "ServerUrlInvalid")]
    public async Task Should_refuse_an_address_to_which_the_token_must_not_go(string address, string errorId)
    {
        _scene.Set("audit", new { serverUrl = address });

        var trouble = await Assert.ThrowsAsync<RePlexOnException>(() => _scene.AuditAsync());

        Assert.Equal(errorId, trouble.ErrorId);
        Assert.DoesNotContain("hunter2", trouble.Message + trouble.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_with_whom_the_server_is_shared_and_keep_nothing_of_them()
    {
        _plex.SharedServers = """
            <MediaContainer machineIdentifier="x"><SharedServer id="1" username="alice" email="alice@example.com" accessToken="tok-alice" acceptedAt="1700000000" allowSync="1" allLibraries="1"/>
            <SharedServer id="2" username="bob" email="bob@example.com" accessToken="tok-bob" acceptedAt="" allowSync="0" allLibraries="0"/></MediaContainer>
            """;
        SecurityAuditOptions options = _scene.Options with { Ids = ["RPX-ACC-004"], PlexTv = new Uri(_plex.Address) };

        Check unasked = Assert.Single((await _scene.AuditAsync(options)).Checks);
        Assert.Equal(CheckStatus.Unknown, unasked.Status);
        Assert.DoesNotContain(_plex.Requests, request => request.Path.StartsWith("/api", StringComparison.Ordinal));

        Check asked = Assert.Single((await _scene.AuditAsync(options with { Online = true })).Checks);
        Assert.Equal("Shared with 2; of these 1 see all libraries, 1 may download, 1 have not accepted yet.", asked.Evidence);
    }

    [Fact]
    public async Task Should_read_the_recorded_answer_of_plex_tv()
    {
        if (RealSamples.In("api", "shared_servers.xml").FirstOrDefault() is not { } sample) return;
        _plex.SharedServers = await File.ReadAllTextAsync(sample);

        Check check = Assert.Single((await _scene.AuditAsync(
            _scene.Options with { Ids = ["RPX-ACC-004"], PlexTv = new Uri(_plex.Address), Online = true })).Checks);

        Assert.StartsWith("Shared with 1; of these 0 see all", check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_understand_the_recorded_identity_of_a_server()
    {
        if (RealSamples.In("api", "identity_unclaimed_1.43.4.json").FirstOrDefault() is not { } sample) return;

        using JsonDocument recorded = JsonDocument.Parse(await File.ReadAllTextAsync(sample));
        using var server = new PlexStandIn(recorded.RootElement.GetProperty("MediaContainer").GetProperty("machineIdentifier").GetString()!, "none") { Claimed = false };
        using PlexServerClient client = (await PlexServerClient.ConnectAsync(new Uri(server.Address), CancellationToken.None))!;

        Assert.Equal(new PlexIdentity(false, server.MachineIdentifier, "1.43.4.10903-e5521bd8c"), client.Identity);
    }
}
