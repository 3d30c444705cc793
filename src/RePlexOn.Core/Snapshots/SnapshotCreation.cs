using RePlexOn.Backup;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Snapshots;

/// <summary>
/// Keeps a whole mirror under a name of its own, as hard links: where the files lie if that machine takes commands, else
/// by rsync's <c>--link-dest</c> through the daemon. The manifest comes last, so what is cut short is never whole.
/// </summary>
/// <param name="prepared">The source and the target, as the mirror's run saw them.</param>
/// <param name="mirror">What the mirror holds.</param>
/// <param name="area">The mirror run's staging area, with a copy of every database where the target is remote.</param>
/// <param name="progress">Told what is being done.</param>
internal sealed class SnapshotCreation(
    PreparedMirror prepared, BackupManifest mirror, StagingArea area, IProgress<BackupProgress>? progress)
{
    /// <summary>Makes the snapshot.</summary>
    /// <param name="context">The run it is part of.</param>
    /// <param name="cancellationToken">Stops it; what is there by then is partial, and later removed.</param>
    /// <returns>The one line that says what was done.</returns>
    /// <exception cref="RePlexOnException"><c>MirrorChanged</c>: the mirror is not as that run left it; or the target has failed.</exception>
    public async Task<string> ExecuteAsync(RunContext context, CancellationToken cancellationToken)
    {
        // Two ask the target, and one reads here meanwhile.
        Task unchanged = EnsureUnchangedAsync(cancellationToken);
        Task<string> naming = TakeNameAsync(context.Run.StartedAt, cancellationToken);
        TreeAccount? account = prepared.Target.Kind == TargetKind.Daemon ? await AccountAsync(cancellationToken) : null;
        await Task.WhenAll(unchanged, naming);

        string name = await naming;
        string folder = TargetLayout.Snapshots + name;
        progress?.Report(new(BackupPhase.Snapshot, name));
        string? listSha256 = mirror.FileListSha256;
        if (account is not null)
        {
            listSha256 = await LinkAsync(account, folder, context, cancellationToken);
        }
        else if (!await CopyWhereTheyLieAsync(folder, cancellationToken))
        {
            TreeAccount itsOwn = await AccountAsync(cancellationToken);
            listSha256 = await LinkAsync(itsOwn, folder, context, cancellationToken);
        }

        BackupManifest manifest = mirror with
        {
            Snapshot = name, RunId = context.Run.Id, StartedAt = context.Run.StartedAt, FileListSha256 = listSha256,
        };
        bool ownList = listSha256 != mirror.FileListSha256;
        await area.SendManifestAsync(prepared.Rsync, folder + "/", manifest, withList: ownList, cancellationToken);
        context.Record(run => run with
        {
            FilesTotal = manifest.Files, BytesTotal = manifest.Bytes, Databases = manifest.Databases,
        });
        return $"The snapshot {name} keeps {manifest.Files} files ({ByteSize.Format(manifest.Bytes)}).";
    }

    // Between the mirror's run and this one nothing holds the lock: another may have begun to change the mirror.
    private async Task EnsureUnchangedAsync(CancellationToken cancellationToken)
    {
        byte[]? stored = await BackupManifest.FetchAsync(prepared.Rsync, TargetLayout.Mirror, cancellationToken);
        if (stored is not null && BackupManifest.FromJson(stored) is { Complete: true } now && now.RunId == mirror.RunId) return;

        throw new RePlexOnException(
            "MirrorChanged", ExitCode.Failed,
            $"The mirror on {prepared.Target.Display} was changed by another run before the snapshot of it could be made.",
            "Make the snapshot again: New-PlexSnapshot (replexon snapshot create).");
    }

    private async Task<string> TakeNameAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteEntry> there = await prepared.Rsync.ListAsync(TargetLayout.Snapshots, cancellationToken);
        if (there.Count == 0) await prepared.Rsync.EnsureFolderAsync(TargetLayout.Snapshots, cancellationToken);
        while (true)
        {
            string name = SnapshotName.At(moment).Text;
            if (there.All(entry => entry.Name != name)) return name;
            moment = moment.AddSeconds(1);
        }
    }

    private async Task<bool> CopyWhereTheyLieAsync(string folder, CancellationToken cancellationToken)
    {
        if (await prepared.Rsync.CopyAsLinksAsync(TargetLayout.Mirror.TrimEnd('/'), folder, cancellationToken)) return true;

        // An account that may run nothing but rsync, or a file system without hard links: rsync will do, or say why not.
        await prepared.Rsync.RemoveAsync(folder, cancellationToken);
        return false;
    }

    private Task<TreeAccount> AccountAsync(CancellationToken cancellationToken) =>
        TreeAccount.OfLinkedTreeAsync(prepared, mirror, area, cancellationToken);

    private Task<string> LinkAsync(TreeAccount account, string folder, RunContext context, CancellationToken cancellationToken) =>
        new LinkedSnapshot(prepared, mirror, area, account, send => SendAsync(send, context, cancellationToken)).SendAsync(folder + "/");

    private async Task<RsyncResult> SendAsync(RsyncSend send, RunContext context, CancellationToken cancellationToken)
    {
        IProgress<RsyncProgress>? report =
            BackupProgress.OfTransfer(progress, BackupPhase.Snapshot, send.DestinationRelative, bytes: null);
        RsyncResult result = await prepared.Rsync.SendAsync(send, report, cancellationToken);
        context.Record(run => run with
        {
            FilesSent = run.FilesSent + result.Statistics.FilesTransferred, BytesSent = run.BytesSent + result.Statistics.WireSent,
        });
        // Files that are sent in two passes are told of in both.
        if (result.Incomplete) foreach (string warning in result.Warnings.Except(context.Run.Warnings)) context.Warn(warning);
        return result;
    }
}
