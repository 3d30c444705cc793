using RePlexOn.Checks;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

public sealed class FileRuleTests : IDisposable
{
    private const int Private = 0b110_000_000, ForAll = 0b110_100_100, ForGroup = 0b110_100_000;

    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Should_say_that_others_can_read_the_token()
    {
        _scene.Mode("Plex Media Server", 0b111_101_101);
        _scene.Mode("Plex Media Server/Preferences.xml", ForAll);

        Check check = await OneAsync("RPX-FIL-001");

        Assert.Equal((CheckStatus.Fail, CheckSeverity.Critical), (check.Status, check.Severity));
        Assert.Contains("0644", check.Evidence, StringComparison.Ordinal);
        _scene.Mode("Plex Media Server/Preferences.xml", ForGroup);
        Assert.Equal(CheckStatus.Warning, (await OneAsync("RPX-FIL-001")).Status);
    }

    [Fact]
    public async Task Should_mind_a_closed_folder_above()
    {
        _scene.Mode("Plex Media Server/Preferences.xml", ForAll);
        Assert.Equal(CheckStatus.Warning, (await OneAsync("RPX-FIL-001")).Status); // the group only: others stop at the data directory
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-FIL-004")).Status);

        _scene.Mode("Plex Media Server", 0b111_101_101);
        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-FIL-004")).Status);
    }

    [Theory]
    [InlineData(".LocalAdminToken", "RPX-FIL-005")]
    [InlineData("Cache/cert-v2.p12", "RPX-FIL-006")]
    [InlineData("Preferences.xml.bak", "RPX-FIL-008")]
    [InlineData("Copy of\nPreferences.xml", "RPX-FIL-008")]
    public async Task Should_find_secrets_that_others_can_read(string file, string id)
    {
        _scene.Mode("Plex Media Server", 0b111_101_101);
        Assert.Equal(CheckStatus.NotApplicable, (await OneAsync(id)).Status);

        _scene.NewFile($"Plex Media Server/{file}", "secret");
        _scene.Mode($"Plex Media Server/{file}", ForAll);
        Check open = await OneAsync(id);
        _scene.Mode($"Plex Media Server/{file}", Private);

        Assert.Equal(CheckStatus.Fail, open.Status);
        Assert.DoesNotContain('\n', open.Evidence);
        Assert.Equal(CheckStatus.Pass, (await OneAsync(id)).Status);
    }

    [Fact]
    public async Task Should_find_what_others_can_change()
    {
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-FIL-002")).Status);

        Directory.CreateDirectory(_scene.At("Plug-ins"));
        _scene.Mode("Plex Media Server", 0b111_101_101);
        _scene.Mode("Plex Media Server/Plug-ins", 0b111_111_111);

        Check check = await OneAsync("RPX-FIL-002");
        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.Contains("/Plug-ins has mode 0777", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_tokens_in_logs_and_not_their_stand_ins()
    {
        const string log = "Plex Media Server/Logs/Plex Media Server.1.log";
        _scene.NewFile(log, "GET /x?X-Plex-Token=xxxxxxxxxxxxxxxxxxxx (reused)\nauth_token=xxxxxxxxxxxxxxxxxxxx\nSigned-in Token (plexowner) (Chrome)\n");
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-LOG-002")).Status);

        _scene.NewFile(log, "GET /x?X-Plex-Token=aB3dE6gH9jK2mN5pQ8sT\nX-Plex-Token%3DaB3dE6gH9jK2mN5pQ8sT (9 live)\n{\"authToken\": \"aB3dE6gH9jK2mN5pQ8sT\"}\nnothing\n");
        Check check = await OneAsync("RPX-LOG-002");
        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.Contains("Plex Media Server.1.log (3)", check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3d", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_look_at_the_backup_s_own_secrets()
    {
        _scene.NewFile("rsync.secret", "hunter2-uniquely-planted");
        _scene.Set("target", "rsync://backup@nas.example/plex");
        _scene.Set("passwordFile", _scene.Beside("rsync.secret"));
        _scene.Mode("rsync.secret", ForAll);
        _scene.Mode("replexon.json", 0b110_110_110);

        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-BAK-001")).Status);
        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-BAK-003")).Status);
        Assert.Equal(CheckStatus.Warning, (await OneAsync("RPX-BAK-006")).Status);
        Assert.Equal(CheckStatus.Unknown, (await OneAsync("RPX-BAK-005")).Status);
        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-BAK-007")).Status);
        _scene.Mode("rsync.secret", Private);
        _scene.Mode("replexon.json", ForAll);
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-BAK-001")).Status);
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-BAK-003")).Status);
    }

    [Fact]
    public async Task Should_look_at_the_secrets_for_alerts()
    {
        Assert.Equal(CheckStatus.NotApplicable, (await OneAsync("RPX-BAK-008")).Status);
        _scene.NewFile("mail.secret", "hunter2-uniquely-planted");
        _scene.Mode("mail.secret", ForAll);
        _scene.Set("mail", new { passwordFile = _scene.Beside("mail.secret") });
        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-BAK-008")).Status);
        _scene.Mode("mail.secret", Private);
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-BAK-008")).Status);

        _scene.Set("webhooks", new { json = "https://user.example.org/hunter2-uniquely-planted" });
        _scene.Mode("replexon.json", ForAll);
        Check check = await OneAsync("RPX-BAK-008");
        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.DoesNotContain("hunter2", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_others_can_read_the_token_in_the_mirror()
    {
        _scene.NewFile("nas/plex-current/Preferences.xml", "<Preferences/>");
        _scene.Set("target", _scene.Beside("nas"));

        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-BAK-005")).Status);
        _scene.Mode("nas", 0b111_000_000);
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-BAK-005")).Status);
    }

    [Fact]
    public void Should_not_take_what_it_may_not_see_for_good()
    {
        if (!Environment.IsPrivilegedProcess) return;
        _scene.Mode("replexon.json", ForAll);

        SecurityAuditOptions options = _scene.Options with { Categories = ["Network", "Encryption", "Library"] };
        Check[] found = AsNobody.Run(() =>
        {
            // What comes after an await is another thread's, which is root's again.
            SecurityAuditResult settings = _scene.AuditAsync(options).GetAwaiter().GetResult();
            Assert.False(settings.IsSound);
            var facts = new AuditFacts { Configuration = new() { StateDirectory = _scene.State }, Now = DateTimeOffset.Now, Folder = _scene.Source };
            string[] ofFiles = ["RPX-FIL-001", "RPX-FIL-004", "RPX-FIL-005", "RPX-FIL-007"];
            return (Check[])[.. settings.Checks, .. AuditRules.All.Where(rule => ofFiles.Contains(rule.Id)).Select(rule => rule.Apply(facts))];
        });

        Assert.All(found, check => Assert.True(check.Status == CheckStatus.Unknown, check.ToString()));
    }

    private async Task<Check> OneAsync(string id) => Assert.Single((await _scene.AuditAsync(_scene.Options with { Ids = [id] })).Checks);
}
