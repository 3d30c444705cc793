using System.Diagnostics;
using RePlexOn.Security.Audit;

namespace RePlexOn.Tests.Audit;

/// <summary>Real rules, loaded by nft in a network namespace of the test's own, and read back.</summary>
public sealed class FirewallReaderTests : IDisposable
{
    private readonly string _namespace = $"rpx-audit-{Guid.NewGuid():N}"[..24];
    private readonly bool _hasNamespace;

    public FirewallReaderTests() => _hasNamespace = Environment.IsPrivilegedProcess && Run("ip", "", "netns", "add", _namespace).Code == 0;

    public static TheoryData<string, string> Guards => new()
    {
        { "", "" },
        { "table inet filter { chain input { type filter hook input priority filter; policy drop; ct state established accept; } }", "ip ip6" },
        { "table ip filter { chain input { type filter hook input priority filter; policy drop; } }", "ip" },
        { "table ip6 filter { chain input { type filter hook input priority filter; policy accept; tcp dport 22 accept; counter drop; } }", "ip6" },
        { "table inet f { chain end { reject; } chain input { type filter hook input priority filter; policy accept; tcp dport 22 accept; jump end; } }", "ip ip6" },
        // What turns away some is no guard: fail2ban's table, a limit, a rule for one port.
        { "table inet f2b { chain input { type filter hook input priority filter; policy accept; ip saddr 192.0.2.1 drop; } }", "" },
        { "table inet f { chain input { type filter hook input priority filter; policy accept; limit rate over 5/second drop; } }", "" },
        { "table inet f { chain a { jump b; } chain b { jump c; } chain c { counter; } chain input { type filter hook input priority filter; policy accept; jump a; } }", "" },
        { "table inet f { chain out { type filter hook output priority filter; policy drop; } }", "" },
    };

    public static TheoryData<string, bool> Limits => new()
    {
        { "table inet f { chain input { type filter hook input priority filter; tcp dport 32400 ct state new limit rate over 10/minute drop; } }", true },
        { "table inet f { chain input { type filter hook input priority filter; tcp dport { 443, 32400 } ct count over 20 drop; } }", true },
        { "table inet f { chain input { type filter hook input priority filter; tcp dport 32000-33000 limit rate over 10/minute drop; } }", true },
        {
            """
            table inet r {
              set rate4 { type ipv4_addr; size 100; flags dynamic,timeout; timeout 60s; }
              chain refused { counter drop; }
              chain guard { ct state established return; update @rate4 { ip saddr limit rate over 30/minute burst 10 packets } jump refused; }
              chain prerouting { type filter hook prerouting priority mangle; tcp dport { 32400 } iifname != "lo" jump guard; }
            }
            """, true
        },
        { "table inet f { chain input { type filter hook input priority filter; tcp dport 32400 accept; tcp dport 22 limit rate over 10/minute drop; } }", false },
        { "table inet f { chain input { type filter hook input priority filter; tcp dport 32401 limit rate over 10/minute drop; } }", false },
    };

    public void Dispose()
    {
        if (_hasNamespace) Run("ip", "", "netns", "delete", _namespace);
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void Should_tell_what_turns_away_what_nobody_allowed(string rules, string families)
    {
        if (Load(rules) is not { } view) return;

        Assert.Equal(families, string.Join(' ', ((string[])[view.GuardOfIPv4 is null ? "" : "ip", view.GuardOfIPv6 is null ? "" : "ip6"]).Where(one => one.Length > 0)));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Should_tell_whether_Plex_s_port_is_limited(string rules, bool isLimited)
    {
        if (Load(rules) is not { } view) return;

        Assert.Equal(isLimited, view.LimitOfPlex is not null);
    }

    [Fact]
    public void Should_see_a_port_that_goes_past_the_firewall()
    {
        if (Load("table ip nat { chain DOCKER { type nat hook prerouting priority dstnat; tcp dport 32400 dnat to 172.17.0.2:32400; } }") is not { } view) return;

        Assert.Equal("the chain DOCKER of the table ip nat", view.PublishedPast);
        Assert.Null(Load("flush ruleset")!.PublishedPast);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"nftables\":7}")]
    public void Should_say_that_it_does_not_understand(string json) => Assert.NotNull(FirewallReader.Read(json).WhyNot);

    private FirewallView? Load(string rules)
    {
        if (!_hasNamespace) return null;
        // nft wants each statement and each closing brace on a line of its own.
        string lines = rules.Replace("; ", ";\n", StringComparison.Ordinal).Replace("} chain", "}\nchain", StringComparison.Ordinal)
            .Replace("} }", "}\n}", StringComparison.Ordinal) + "\n";
        (int code, string output) = Run("ip", lines, "netns", "exec", _namespace, "nft", "-f", "-");
        Assert.True(code == 0, output);
        FirewallView view = FirewallReader.Read(Run("ip", "", "netns", "exec", _namespace, "nft", "-j", "list", "ruleset").Output);
        Assert.Null(view.WhyNot);
        return view;
    }

    private static (int Code, string Output) Run(string program, string input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
