using System.Text.RegularExpressions;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Tests.AccessLog;

/// <summary>Logs of real servers, where a folder of such is at hand (REPLEXON_SAMPLES).</summary>
public sealed partial class RealLogTests
{
    /// <summary>The logs; none where the variable is not set.</summary>
    public static IEnumerable<string> Logs => Environment.GetEnvironmentVariable("REPLEXON_SAMPLES") is { Length: > 0 } samples
        ? Directory.GetFiles(Path.Combine(samples, "logs"), "*.log")
        : [];

    [Fact]
    public void Should_read_all_requests_and_find_nothing_in_daily_life()
    {
        var scan = new AccessLogScan(TimeProvider.System);
        var configuration = new RePlexOnConfiguration { StateDirectory = "/nonexistent" };
        foreach (string log in Logs)
        {
            AccessLogReport report = scan.FindSuspicious(configuration, new AccessQuery { Paths = [log] }, CancellationToken.None);
            Assert.Equal(Access().Count(File.ReadAllText(log)), report.AccessLines);
            Assert.Empty(report.Suspicious);
        }
    }

    [GeneratedRegex(@"^\w{3} \d\d, \d{4} [\d:.]+ \[\w+\] \w+ - (?:Request|Completed): \[", RegexOptions.Multiline)]
    private static partial Regex Access();
}
