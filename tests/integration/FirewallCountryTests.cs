using System.Net.Sockets;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Security.Firewall;

namespace RePlexOn.IntegrationTests;

/// <summary>Country rules seen for real.</summary>
public sealed class FirewallCountryTests
{
    private const string List = """
        198.51.100.0,198.51.100.7,DE
        198.51.100.8,198.51.100.255,FR
        2001:db8:bad::,2001:db8:bad:0:ffff:ffff:ffff:ffff,DE
        2001:db8:bad:1::,2001:db8:bad:1:ffff:ffff:ffff:ffff,FR
        """;

    [Theory]
    [InlineData(FirewallToolKind.Nft, CountryRuleMode.Allow)]
    [InlineData(FirewallToolKind.Nft, CountryRuleMode.Block)]
    [InlineData(FirewallToolKind.Iptables, CountryRuleMode.Allow)]
    [InlineData(FirewallToolKind.Iptables, CountryRuleMode.Block)]
    public async Task Should_let_in_who_may_and_the_lan_and_nobody_else(FirewallToolKind tool, CountryRuleMode mode)
    {
        using var lab = new FirewallLab(tool);
        lab.Listen();
        Socket playing = await lab.OpenAsync(FirewallLab.Other);
        string list = lab.File("dbip country.csv", List);
        string country = mode == CountryRuleMode.Allow ? "de" : "FR";

        CommandResult result = await lab.MustAsync("country", $"{mode}", country, "--list", list, "--json");

        Assert.Equal([country.ToUpperInvariant()], result.Json.GetProperty("status").GetProperty("countryRule").GetProperty("countries").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.Attacker, 3, expected: 3));
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.AttackerV6, 3, expected: 3));
        Assert.Equal(0, await lab.KnockAsync(FirewallLab.Other, 3, expected: 0));
        Assert.Equal(0, await lab.KnockAsync(FirewallLab.OtherV6, 3, expected: 0));
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.Television, 3, expected: 3));
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.TelevisionV6, 3, expected: 3));
        Assert.True(await FirewallLab.IsAliveAsync(playing));
        Assert.InRange((await lab.MustAsync("show", "--json")).Json.GetProperty("countryRule").GetProperty("refused").GetInt64(), 6, 1000);

        await lab.MustAsync("remove", "country");
        Assert.Equal(3, await lab.KnockAsync(FirewallLab.Other, 3, expected: 3));
    }

    [Fact]
    public async Task Should_take_UK_for_GB_and_say_what_the_lists_lack()
    {
        using var lab = new FirewallLab();

        CommandResult result = await lab.MustAsync("country", "allow", "UK", "--list", lab.File("gb.zone", "192.0.2.0/24\n"));

        Assert.Contains("Allow GB: 1 ranges of IPv4, 0 of IPv6", result.Output, StringComparison.Ordinal);
        Assert.Contains("GB is meant", result.Errors, StringComparison.Ordinal);
        Assert.Contains("nobody outside the LAN can connect by IPv6", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CountryUnknown", "ZZ", "192.0.2.0/24\n")]
    [InlineData("CountryListInvalid", "DE", "192.0.2.0/24\nnonsense\n")]
    [InlineData("CountryListInvalid", "DE", "<!DOCTYPE html>\n")]
    [InlineData("CountryListInvalid", "DE", "")]
    [InlineData("CountryNotInList", "DE", "192.0.2.0/24,FR\n")]
    public async Task Should_refuse_and_leave_the_rules_as_they_were(string errorId, string country, string list)
    {
        using var lab = new FirewallLab();
        await lab.MustAsync("country", "allow", "FR", "--list", lab.File("fr.zone", "198.51.100.0/24\n"));
        string before = lab.Ruleset;

        CommandResult result = await lab.RunAsync("country", "block", country, "--list", lab.File("list.csv", list), "--json");

        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Equal(errorId, result.Json.GetProperty("errorId").GetString());
        Assert.Equal(before, lab.Ruleset);
    }

    [Fact]
    public async Task Should_take_a_list_of_a_whole_country_at_once()
    {
        using var lab = new FirewallLab();
        lab.Listen();
        IEnumerable<string> ranges = Enumerable.Range(0, 40_000).Select(number => $"{20 + (number / 8192)}.{number / 32 % 256}.{number % 32 * 8}.0/23");

        CommandResult result = await lab.MustAsync(
            "country", "block", "US", "--list", lab.File("us.zone", string.Join('\n', ranges.Append("198.51.100.7"))), "--json");

        Assert.Equal(40_001, result.Json.GetProperty("status").GetProperty("countryRule").GetProperty("iPv4Ranges").GetInt32());
        Assert.Equal(0, await lab.KnockAsync(FirewallLab.Attacker, 2, expected: 0));
        Assert.Equal(2, await lab.KnockAsync(FirewallLab.Other, 2, expected: 2));
    }
}
