using System.Management.Automation;
using RePlexOn.History;
using RePlexOn.Statistics;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Works out from the history how the runs of a period went.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PlexBackup")]
[OutputType(typeof(BackupStatistics))]
public sealed class MeasurePlexBackupCommand : ConfiguredCommand
{
    /// <summary>Only runs that started at this moment or later.</summary>
    [Parameter(Position = 0)]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only runs that started before this moment.</summary>
    [Parameter(Position = 1)]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only runs of these kinds.</summary>
    [Parameter]
    public RunKind[]? Kind { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        using HistoryStore history = HistoryStore.Open(LoadConfiguration().StateDirectory, HistoryAccess.Read, TimeProvider.System);
        WriteObject(RunStatistics.Measure(history.Query(new RunQuery { Kinds = Kind, After = After, Before = Before })));
    }
}
