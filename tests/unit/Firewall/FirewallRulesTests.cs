using System.Text;
using RePlexOn.Security.Firewall;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.Schedules;

namespace RePlexOn.Tests.Firewall;

/// <summary>The rules as texts and files; what they do is seen in the integration tests.</summary>
public sealed class FirewallRulesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder _folder = new();

    private static FirewallRules Rules => new()
    {
        Ports = [443, 32400],
        Tool = FirewallToolKind.Nft,
        Exempt = ["10.0.0.0/8", "192.0.2.1-192.0.2.9", "fe80::/10"],
        RateLimit = new FirewallRateLimit(),
        CountryRule = new FirewallCountryRule
        {
            Mode = CountryRuleMode.Allow, Countries = ["DE"], Networks = ["198.51.100.0-198.51.100.8", "2001:db8::/32"], Lists = ["/root/de"], ListsDate = Now,
        },
        Blocked =
        [
            new BlockedAddress { Address = "203.0.113.7", BlockedAt = Now, ExpiresAt = Now.AddHours(1) },
            new BlockedAddress { Address = "2001:db8:bad::/64", BlockedAt = Now, Reason = "it's \"quoted\" } ; $(id)\n-j ACCEPT" },
        ],
    };

    [Fact]
    public void Should_read_back_what_it_keeps()
    {
        byte[] json = Rules.ToJson();

        Assert.Equal(json, FirewallRules.FromJson(json).ToJson());
        Assert.Equal(Rules.Blocked, FirewallRules.FromJson(json).Blocked);
    }

    [Fact]
    public void Should_let_blocks_end()
    {
        Assert.Equal(2, Rules.At(Now).Blocked.Count);
        Assert.Equal("2001:db8:bad::/64", Assert.Single(Rules.At(Now.AddHours(1)).Blocked).Address);
    }

    [Fact]
    public void Should_name_the_time_left_for_now_and_the_moment_for_the_start_of_the_machine()
    {
        string live = NftRuleset.Write(Rules, Now.AddMinutes(30), forBoot: false), boot = NftRuleset.Write(Rules, Now, forBoot: true);

        Assert.Contains("203.0.113.7 timeout 1800s", live, StringComparison.Ordinal);
        Assert.DoesNotContain("meta time", live, StringComparison.Ordinal);
        Assert.Contains($"ip saddr 203.0.113.7 meta time < {Now.AddHours(1).ToUnixTimeSeconds()} ", boot, StringComparison.Ordinal);
        Assert.DoesNotContain("timeout 3600s", boot, StringComparison.Ordinal);
        Assert.Contains("--datestop 2026-11-22T02:00:00 ", IptablesRuleset.Write(Rules, isIPv6: false, withEntry: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_put_no_word_of_a_person_into_the_rules()
    {
        string all = NftRuleset.Write(Rules, Now, forBoot: true) + IptablesRuleset.Write(Rules, isIPv6: true, withEntry: true);

        Assert.DoesNotContain("quoted", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/root/de", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_give_other_numbers_another_table_since_the_kernel_keeps_the_old_ones()
    {
        string Name(int perMinute) => IptablesRuleset.Write(Rules with { RateLimit = new FirewallRateLimit { PerMinute = perMinute } }, isIPv6: false, withEntry: true)
            .Split("--hashlimit-name ")[1].Split(' ')[0];

        Assert.NotEqual(Name(100), Name(200));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, 10_001)]
    public void Should_refuse_numbers_that_make_no_sense(int perMinute, int burst, int concurrent) => Assert.Equal(
        "FirewallLimitInvalid",
        Assert.Throws<RePlexOnException>(() => new FirewallRateLimit { PerMinute = perMinute, Burst = burst, Concurrent = concurrent }.Check()).ErrorId);

    [Fact]
    public void Should_forget_an_address_only_when_it_has_all_of_its_burst_again() =>
        Assert.Equal(60 + 600, new FirewallRateLimit { PerMinute = 1, Burst = 10 }.SecondsToForget);

    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public void Should_write_files_that_it_reads_and_a_unit_that_systemd_verifies(FirewallToolKind kind)
    {
        string units = _folder.Folder("systemd/system");
        var files = new FirewallFiles(_folder.Path);
        IFirewallTool tool = kind == FirewallToolKind.Nft ? new NftTool(new FirewallPrograms(), TimeProvider.System) : new IptablesTool(new FirewallPrograms());

        files.Write(Rules, tool);

        Assert.True(files.AreKept);
        Assert.Equal(Rules.ToJson(), files.Load()!.ToJson());
        (int exitCode, string output, string errors) = ScratchUser.Run("systemd-analyze", "verify", "--man=no", Path.Combine(units, FirewallUnit.Name));
        Assert.True(exitCode == 0 && errors.Length == 0, output + errors);

        files.Remove();
        Assert.Null(files.Load());
        Assert.False(files.AreKept);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(_folder.At("replexon")));
    }

    [Fact]
    public void Should_put_files_back_as_they_were()
    {
        _folder.Folder("systemd/system");
        var files = new FirewallFiles(_folder.Path);
        var tool = new NftTool(new FirewallPrograms(), TimeProvider.System);
        files.Write(Rules, tool);
        IReadOnlyDictionary<string, byte[]> before = files.Read();

        files.Write(Rules with { RateLimit = null }, new IptablesTool(new FirewallPrograms()));
        files.PutBack(before);

        Assert.Equal(Texts(before), Texts(files.Read()));
        Assert.True(files.AreKept);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"ports\": [1], \"tool\": \"Nft\", \"exempt\": [\"192.0.2.0/99\"] }")]
    public void Should_say_which_file_cannot_be_read(string content)
    {
        _folder.File("replexon/firewall/rules.json", content);

        RePlexOnException trouble = Assert.Throws<RePlexOnException>(() => new FirewallFiles(_folder.Path).Load());

        Assert.Equal("FirewallFileUnreadable", trouble.ErrorId);
        Assert.Contains("rules.json", trouble.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(string, string)> Texts(IReadOnlyDictionary<string, byte[]> files) =>
        files.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, Encoding.UTF8.GetString(pair.Value)));
}
