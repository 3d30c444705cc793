using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cmdlets.Access;

/// <summary>Gets the addresses that did what no client of Plex does.</summary>
[Cmdlet(VerbsCommon.Get, "PlexSuspiciousAccess")]
[OutputType(typeof(SuspiciousAccess))]
public sealed class GetPlexSuspiciousAccessCommand : AccessCommand
{
    /// <summary>Those that watches have found and kept, in place of a look at the logs as they are now.</summary>
    [Parameter]
    public SwitchParameter Recorded { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        if (Recorded)
        {
            WriteObject(new AccessWatch(TimeProvider.System).Recorded(configuration, After).Where(one => Before is null || one.FirstSeen < Before), enumerateCollection: true);
            return;
        }

        AccessQuery query = Query;
        AccessLogReport report = Await<string, AccessLogReport>(
            step => new ProgressRecord(1, "Reading the server's logs", step),
            (_, token) => Task.FromResult(new AccessLogScan(TimeProvider.System).FindSuspicious(configuration, query, token)));
        WriteVerbose($"Lines read: {report.Lines}; of requests and answers: {report.AccessLines}.");
        if (report.Warning is { } warning) WriteWarning(warning);
        WriteObject(report.Suspicious, enumerateCollection: true);
    }
}
