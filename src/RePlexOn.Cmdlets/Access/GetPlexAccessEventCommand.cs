using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cmdlets.Access;

/// <summary>Gets the requests that came to the server, from its logs.</summary>
[Cmdlet(VerbsCommon.Get, "PlexAccessEvent")]
[OutputType(typeof(AccessEvent))]
public sealed class GetPlexAccessEventCommand : AccessCommand
{
    /// <summary>Only requests from these addresses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>Only requests that were answered so.</summary>
    [Parameter]
    [ValidateRange(100, 599)]
    public int[] Status { get; set; } = [];

    /// <summary>Only requests in which something is wrong.</summary>
    [Parameter]
    public SwitchParameter Suspicious { get; set; }

    /// <summary>At most this many, the newest.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        AccessQuery query = Query with { Addresses = Address, Statuses = Status, OnlySuspicious = Suspicious, Last = Last };
        Stream(token => new AccessLogScan(TimeProvider.System).ReadEvents(configuration, query, token).ToAsyncEnumerable());
    }
}
