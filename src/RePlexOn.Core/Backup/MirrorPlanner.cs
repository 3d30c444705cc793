using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Finds out by dry runs of rsync what a mirror run would do.</summary>
internal sealed class MirrorPlanner(PreparedMirror prepared)
{
    private readonly List<PlannedChange> _changes = [];

    /// <summary>The plan. Databases are named, not compared: for that they would have to be captured.</summary>
    public async Task<BackupPlan> PlanAsync(CancellationToken cancellationToken)
    {
        foreach (var database in prepared.Databases)
        {
            _changes.Add(new(PlannedAction.CaptureDatabase, database.RelativePath, database.Bytes));
        }

        var send = new RsyncSend
        {
            SourceFolder = prepared.Source.Path,
            DestinationRelative = TargetLayout.Mirror,
            DryRun = true,
            KeepExtendedAttributes = prepared.Configuration.Backup.KeepAttributes,
            KeepAccessControlLists = prepared.Configuration.Backup.KeepAttributes,
            OnChange = change => _changes.Add(Planned(change)),
        };
        if (prepared.Choice.Pass == MirrorPass.Delta)
        {
            TreeDifference difference = prepared.Difference!;
            await ListAsync(send, difference.Changed, cancellationToken);
            await ListAsync(send with { Delete = true }, difference.Vanished, cancellationToken);
            await ListAsync(send with { Comparison = RsyncComparison.Content }, difference.Suspect, cancellationToken);
        }
        else
        {
            await prepared.Rsync.SendAsync(
                send with
                {
                    Delete = true,
                    FilterArguments = prepared.Patterns.RsyncArguments,
                    Comparison = prepared.Choice.Pass == MirrorPass.FullByContent ? RsyncComparison.Content : RsyncComparison.SizeAndTime,
                },
                progress: null, cancellationToken);
        }

        return new BackupPlan(
            prepared.Source.Path, prepared.Target.Display, prepared.Choice.Pass, prepared.Choice.Reason, _changes);
    }

    private async Task ListAsync(RsyncSend send, IReadOnlyList<FileEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        await prepared.Rsync.SendAsync(send with { WritePaths = ListedPaths.Of(entries) }, progress: null, cancellationToken);
    }

    private static PlannedChange Planned(RsyncChange change) => change.Kind switch
    {
        RsyncChangeKind.Deleted => new(PlannedAction.Delete, change.Path, null),
        RsyncChangeKind.Created => new(PlannedAction.Create, change.Path, null),
        RsyncChangeKind.Sent when change.Itemized.EndsWith("+++++++++", StringComparison.Ordinal) =>
            new(PlannedAction.Create, change.Path, change.Bytes),
        RsyncChangeKind.Sent => new(PlannedAction.Update, change.Path, change.Bytes),
        _ => new(PlannedAction.SetAttributes, change.Path, null),
    };
}
