using System.Text.RegularExpressions;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.AccessLog;

/// <summary>Logs of real servers, where they are at hand.</summary>
public sealed partial class RealLogTests
{
    [Fact]
    public void Should_read_all_requests_and_find_nothing_in_daily_life()
    {
        var scan = new AccessLogScan(TimeProvider.System);
        var configuration = new RePlexOnConfiguration { StateDirectory = "/nonexistent" };
        foreach (string log in RealSamples.In("logs", "*.log"))
        {
            AccessLogReport report = scan.FindSuspicious(configuration, new AccessQuery { Paths = [log] }, CancellationToken.None);
            Assert.Equal(Access().Count(File.ReadAllText(log)), report.AccessLines);
            Assert.Empty(report.Suspicious);
        }
    }

    [GeneratedRegex(@"^\w{3} \d\d, \d{4} [\d:.]+ \[\w+\] \w+ - (?:Request|Completed): \[", RegexOptions.Multiline)]
    private static partial Regex Access();
}
