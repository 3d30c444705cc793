using RePlexOn.Backup;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Takes snapshots off a target, so that one that is cut short leaves a partial snapshot, never one that looks whole.</summary>
internal sealed class SnapshotRemover(RsyncClient rsync, IProgress<BackupProgress>? progress)
{
    /// <summary>Removes snapshots, one after the other, and looks after each whether it is gone.</summary>
    /// <param name="names">Which; they exist.</param>
    /// <param name="context">The run, told how far it came where it does not reach the end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>SnapshotNotRemoved</c>, or what rsync failed with.</exception>
    public async Task RemoveAsync(IReadOnlyList<string> names, RunContext context, CancellationToken cancellationToken)
    {
        int removed = 0;
        try
        {
            foreach (string name in names)
            {
                progress?.Report(new(BackupPhase.RemovingSnapshots, name, removed, names.Count));
                await RemoveAsync(name, cancellationToken);
                await EnsureGoneAsync(name, cancellationToken);
                removed++;
            }
        }
        finally
        {
            if (removed < names.Count) context.Note($"Of {names.Count} snapshots {removed} were removed before that.");
        }
    }

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        string folder = TargetLayout.Snapshots + name + "/";
        string marker = folder + BackupManifest.Folder;
        if (SnapshotName.TryParse(name, out SnapshotName? parsed) && parsed.IsDayOnly)
        {
            // The first RePlexOn's have no manifest to take away: a folder for one marks them as partial to the end.
            await rsync.EnsureFolderAsync(marker, cancellationToken);
            await rsync.RemoveAsync(folder + BackupManifest.RelativePath, cancellationToken);
            await EmptyAsync(folder, cancellationToken);
        }
        else
        {
            await rsync.RemoveAsync(marker, cancellationToken);
        }

        await rsync.RemoveAsync(folder, cancellationToken);
    }

    private async Task EmptyAsync(string folder, CancellationToken cancellationToken)
    {
        using var empty = new TemporaryFolder();
        RsyncResult result = await rsync.SendAsync(
            new RsyncSend
            {
                SourceFolder = empty.Path,
                DestinationRelative = folder,
                Delete = true,
                FilterArguments = [$"--exclude=/{BackupManifest.Folder}/"],
            },
            progress: null, cancellationToken);
        if (result.Incomplete) throw NotRemoved(folder, string.Join(" ", result.Warnings));
    }

    private async Task EnsureGoneAsync(string name, CancellationToken cancellationToken)
    {
        List<SnapshotName> left = await SnapshotCatalog.ListNamesAsync(rsync, cancellationToken);
        if (left.Any(one => one.Text == name)) throw NotRemoved(name, "It is still there.");
    }

    private RePlexOnException NotRemoved(string what, string why) => new(
        "SnapshotNotRemoved", ExitCode.Failed,
        $"The snapshot {what.Replace(TargetLayout.Snapshots, "", StringComparison.Ordinal).TrimEnd('/')} on {rsync.Target.Display} "
        + $"could not be removed. {why}",
        "See whether the user that RePlexOn works as there may delete it; it counts as partial from now on. Then remove it again.");
}
