using System.Management.Automation;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Gets runs from the history, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBackupHistory")]
[OutputType(typeof(BackupRun))]
public sealed class GetPlexBackupHistoryCommand : ConfiguredCommand
{
    /// <summary>Only runs of these kinds.</summary>
    [Parameter]
    public RunKind[]? Kind { get; set; }

    /// <summary>Only runs that stand so.</summary>
    [Parameter]
    public RunStatus[]? Status { get; set; }

    /// <summary>Only runs that started at this moment or later.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only runs that started before this moment.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>At most this many, the newest.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Only runs whose message, warnings, target or id hold this text; no character is a wildcard.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        using HistoryStore history = HistoryStore.Open(LoadConfiguration().StateDirectory, HistoryAccess.Read, TimeProvider.System);
        var query = new RunQuery
        {
            Kinds = Kind, Statuses = Status, After = After, Before = Before, Last = Last, Search = Search,
        };
        foreach (BackupRun run in history.Query(query)) WriteObject(run);
    }
}
