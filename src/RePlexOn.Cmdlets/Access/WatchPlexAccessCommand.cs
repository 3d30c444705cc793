using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cmdlets.Access;

/// <summary>Follows the server's log, and tells of each address that becomes suspicious.</summary>
[Cmdlet(VerbsCommon.Watch, "PlexAccess")]
[OutputType(typeof(SuspiciousAccess))]
public sealed class WatchPlexAccessCommand : SourceCommand
{
    private volatile bool _hasGap;
    private bool _hasWarned;

    /// <summary>The log to follow, in place of the server's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Read what is new, and end.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        var options = new AccessWatchOptions { Path = Resolve(LiteralPath), Once = Once, Report = progress => _hasGap |= progress.HasGap };
        Stream(token => new AccessWatch(TimeProvider.System).RunAsync(configuration, options, token), Warn);
    }

    private void Warn()
    {
        if (!_hasGap || _hasWarned) return;
        _hasWarned = true;
        WriteWarning("Some lines of the log may have been lost before they were read: it was emptied, or rotated away too often. Watch it more often.");
    }
}
