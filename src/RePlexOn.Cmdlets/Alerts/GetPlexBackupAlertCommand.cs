using System.Management.Automation;
using RePlexOn.Alerts;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.Alerts;

/// <summary>Gets the alerts that were sent, the newest first, with what became of them.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBackupAlert")]
[OutputType(typeof(AlertRecord))]
public sealed class GetPlexBackupAlertCommand : ConfiguredCommand
{
    /// <summary>At most this many, the newest.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = 20;

    /// <inheritdoc />
    protected override void Process()
    {
        using HistoryStore history = HistoryStore.Open(LoadConfiguration().StateDirectory, HistoryAccess.Read, TimeProvider.System);
        WriteObject(new AlertHistory(history).Newest(Last), enumerateCollection: true);
    }
}
