using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cmdlets.Snapshots;

/// <summary>Backs up, and keeps that state of the mirror as a snapshot.</summary>
[Cmdlet(VerbsCommon.New, "PlexSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PlexSnapshot))]
public sealed class NewPlexSnapshotCommand : TargetCommand
{
    /// <summary>Go on although the source has shrunk, or the target's share seems not to be mounted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        if (!ShouldProcess(TargetName, "Back up the Plex data directory and keep it as a snapshot")) return;

        var options = new MirrorOptions { ConfigurationPath = ResolvedConfigurationPath, Overrides = Overrides, Force = Force };
        IReadOnlyList<BackupRun> runs = Await<BackupProgress, IReadOnlyList<BackupRun>>(
            BackupProgressRecord.From, (progress, token) => new SnapshotBackup(TimeProvider.System).RunAsync(options, progress, token));
        foreach (string warning in runs.SelectMany(run => run.Warnings)) WriteWarning(warning);
        BackupRun last = runs[^1];
        if (last.Kind != RunKind.Snapshot || last.Status is not (RunStatus.Succeeded or RunStatus.Warning))
        {
            WriteError(ErrorRecords.From(last));
            return;
        }

        WriteObject(Await<BackupProgress, PlexSnapshot>(BackupProgressRecord.From, async (_, token) =>
            (await new SnapshotCatalog(TimeProvider.System).ListAsync(LoadConfiguration(), token)).First(one => one.RunId == last.Id)));
    }
}
