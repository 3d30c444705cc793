using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;
using Check = RePlexOn.Checks.Check;

namespace RePlexOn.Tests.Audit;

public sealed class SecurityAuditTests : IDisposable
{
    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_have_stable_ids_in_plenty()
    {
        Assert.True(SecurityAudit.Ids.Count >= 30);
        Assert.Equal(SecurityAudit.Ids.Count, SecurityAudit.Ids.Distinct().Count());
        Assert.All(AuditRules.All, rule =>
        {
            Assert.Matches("^RPX-[A-Z]{3}-[0-9]{3}$", rule.Id);
            Assert.Matches("[a-z]$", rule.Title);
        });
    }

    [Fact]
    public async Task Should_choose_by_id_category_and_severity()
    {
        SecurityAuditOptions all = _scene.Options;

        Assert.Equal(SecurityAudit.Ids.Count, (await _scene.AuditAsync(all)).Checks.Count);
        Assert.Equal(["RPX-LOG-001", "RPX-LOG-002"], (await _scene.AuditAsync(all with { Ids = ["rpx-log-001", "RPX-LOG-002"] })).Checks.Select(check => check.Id));
        Assert.All((await _scene.AuditAsync(all with { Ids = ["RPX-NET-*"] })).Checks, check => Assert.Equal("Network", check.Category));
        Assert.All((await _scene.AuditAsync(all with { Categories = ["files"] })).Checks, check => Assert.Equal("Files", check.Category));
        Assert.All((await _scene.AuditAsync(all with { MinimumSeverity = CheckSeverity.High })).Checks, check => Assert.True(check.Severity >= CheckSeverity.High));
        foreach (SecurityAuditOptions wrong in new[] { all with { Ids = ["RPX-NET-999"] }, all with { Categories = ["Nothing"] } })
        {
            Assert.Equal("AuditCheckUnknown", (await Assert.ThrowsAsync<RePlexOnException>(() => _scene.AuditAsync(wrong))).ErrorId);
        }
    }

    [Fact]
    public async Task Should_skip_with_a_reason_and_only_with_one()
    {
        _scene.Change(("DlnaEnabled", "1"));
        _scene.Skip("RPX-NET-010: the old television needs it");
        Check skipped = Assert.Single((await _scene.AuditAsync(_scene.Options with { Ids = ["RPX-NET-010"] })).Checks);
        Assert.Equal((CheckStatus.NotApplicable, "Skipped by the configuration: the old television needs it"), (skipped.Status, skipped.Evidence));

        foreach (string wrong in new[] { "RPX-NET-010", "RPX-NET-010: ", "RPX-NET-999: since", "nonsense" })
        {
            _scene.Skip(wrong);
            Assert.Equal("AuditSkipInvalid", (await Assert.ThrowsAsync<RePlexOnException>(() => _scene.AuditAsync())).ErrorId);
        }
    }

    [Fact]
    public async Task Should_show_what_changed_since_the_last_time()
    {
        SecurityAuditResult first = await _scene.AuditAsync();
        _scene.Change(("DlnaEnabled", "1"));
        await _scene.AuditAsync(_scene.Options with { Ids = ["RPX-LOG-*"] }); // knows nothing of what it did not look at
        SecurityAuditResult second = await _scene.AuditAsync();
        SecurityAuditResult third = await _scene.AuditAsync();

        Assert.Null(first.PreviousAt);
        Assert.All(first.Checks, check => Assert.Null(check.PreviousStatus));
        Check changed = Assert.Single(second.Changed);
        Assert.Equal(("RPX-NET-010", CheckStatus.Pass, CheckStatus.Fail), (changed.Id, changed.PreviousStatus!.Value, changed.Status));
        Assert.NotNull(second.PreviousAt);
        Assert.Empty(third.Changed);
        Assert.Equal(CheckStatus.Fail, third.Checks.Single(check => check.Id == "RPX-NET-010").PreviousStatus);
    }

    [Theory]
    [InlineData("DlnaEnabled", "1", ExitCode.FoundMedium)]
    [InlineData("LogTokensForDebug", "1", ExitCode.FoundHigh)]
    [InlineData("disableRemoteSecurity", "1", ExitCode.FoundCritical)]
    [InlineData("autoEmptyTrash", "1", ExitCode.Succeeded)]
    public async Task Should_end_by_the_gravest_that_failed(string key, string value, ExitCode expected)
    {
        _scene.Change((key, value));

        Assert.Equal(expected, (await _scene.AuditAsync(_scene.Options with { Categories = ["Network", "Logging", "Library"] })).ExitCode);
    }

    [Fact]
    public void Should_never_score_higher_for_knowing_less()
    {
        Gen<Check> check = from severity in Gen.Elements(Enum.GetValues<CheckSeverity>())
                           from status in Gen.Elements(Enum.GetValues<CheckStatus>())
                           select new Check("RPX-AAA-001", "t", "c", severity, status, "", "");
        Gen<(Check[] Checks, int Forgotten)> some = from checks in check.NonEmptyListOf()
                                                    from index in Gen.Choose(0, checks.Count - 1)
                                                    select (checks.ToArray(), index);

        Prop.ForAll(some.ToArbitrary(), one =>
        {
            Check known = one.Checks[one.Forgotten];
            if (known.Status == CheckStatus.NotApplicable) return true;
            Check[] forgot = [.. one.Checks.Select((each, index) => index == one.Forgotten ? each with { Status = CheckStatus.Unknown } : each)];
            return (AuditScore.Of(forgot) ?? 0) <= (AuditScore.Of(one.Checks) ?? 0) && AuditScore.Of(one.Checks) is null or (>= 0 and <= 100);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Should_write_SARIF_that_keeps_to_its_form()
    {
        _scene.Change(("DlnaEnabled", "1"), ("autoEmptyTrash", "1"));

        using JsonDocument sarif = JsonDocument.Parse(SarifReport.Write(await _scene.AuditAsync()));

        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        JsonElement run = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("RePlexOn", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(SecurityAudit.Ids, rules.Select(rule => rule.GetProperty("id").GetString()));
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(rules.Length, results.Length);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            string kind = result.GetProperty("kind").GetString()!, level = result.GetProperty("level").GetString()!;
            Assert.Contains(kind, new[] { "pass", "open", "review", "notApplicable", "fail" });
            Assert.Contains(level, kind == "fail" ? ["error", "warning", "note"] : new[] { "none" });
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            string uri = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Absolute), uri);
        });
        Assert.Equal("fail", results.Single(result => result.GetProperty("ruleId").GetString() == "RPX-NET-010").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Should_look_at_a_file_alone_and_leave_this_machine_out()
    {
        string file = _scene.NewFile("elsewhere.xml", "<Preferences allowedNetworks='10.0.0.0/8' PlexOnlineToken='x'/>");

        SecurityAuditResult result = await _scene.AuditAsync(_scene.Options with { PreferencesPath = file });

        Assert.Equal(["RPX-NET-002"], result.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id));
        Assert.All(
            result.Checks.Where(check => check.Category is "Files" or "Machine" or "Backup"), check => Assert.Equal(CheckStatus.NotApplicable, check.Status));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scene.State));
        await Assert.ThrowsAsync<RePlexOnException>(() => _scene.AuditAsync(_scene.Options with { PreferencesPath = file + "-none" }));
    }

    [Fact]
    public async Task Should_invent_nothing_about_real_settings_files()
    {
        var expected = new Dictionary<string, string[]> { ["robbertkl_docker.xml"] = ["RPX-NET-002"] };

        foreach (string file in RealSamples.In("prefs", "*.xml"))
        {
            SecurityAuditResult result = await _scene.AuditAsync(_scene.Options with { PreferencesPath = file });

            string[] failed = [.. result.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id)];
            Assert.Equal(expected.GetValueOrDefault(Path.GetFileName(file), []), failed);
        }
    }

    [Fact]
    public void Should_know_only_settings_that_Plex_has()
    {
        if (RealSamples.In("prefs", "settings_table.tsv").FirstOrDefault() is not { } table) return;
        string[][] real = [.. File.ReadLines(table).Skip(1).Select(line => line.Split('\t'))];

        foreach (string key in PlexSettings.Keys.Where(key => key != "disableRemoteSecurity")) // a hidden one, not in /:/prefs
        {
            string[] row = real.Single(row => row[0] == key);
            string expected = row[1] == "bool" ? row[2] == "True" ? "1" : "0" : row[2];
            Assert.Equal(expected, PlexSettings.DefaultOf(key));
        }
    }

    [Fact]
    public async Task Should_find_no_token_in_real_logs()
    {
        foreach (string log in RealSamples.In("logs")) File.Copy(log, _scene.At("Logs/" + Path.GetFileName(log)));

        Check check = Assert.Single((await _scene.AuditAsync(_scene.Options with { Ids = ["RPX-LOG-002"] })).Checks);

        Assert.Equal(CheckStatus.Pass, check.Status);
    }
}
