using RePlexOn.Backup;
using RePlexOn.Plex.Databases;
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
    /// <param name="name">Its name; nothing of that name may be there.</param>
    /// <param name="context">The run it is part of.</param>
    /// <param name="cancellationToken">Stops it; what is there by then is partial, and later removed.</param>
    /// <returns>The one line that says what was done.</returns>
    public async Task<string> ExecuteAsync(string name, RunContext context, CancellationToken cancellationToken)
    {
        string folder = TargetLayout.Snapshots + name;
        progress?.Report(new(BackupPhase.Snapshot, name));
        await prepared.Rsync.EnsureFolderAsync(TargetLayout.Snapshots, cancellationToken);
        string? listSha256 = mirror.FileListSha256;
        bool ownList = false;
        if (!await CopyWhereTheyLieAsync(folder, cancellationToken))
        {
            listSha256 = await SendWithLinksAsync(folder + "/", context, cancellationToken);
            ownList = listSha256 != mirror.FileListSha256;
            if (!ownList) await LinkListAsync(folder + "/", context, cancellationToken);
        }

        BackupManifest manifest = mirror with
        {
            Snapshot = name, RunId = context.Run.Id, StartedAt = context.Run.StartedAt, FileListSha256 = listSha256,
        };
        await area.SendManifestAsync(prepared.Rsync, folder + "/", manifest, withList: ownList, cancellationToken);
        context.Record(run => run with
        {
            FilesTotal = manifest.Files, BytesTotal = manifest.Bytes, Databases = manifest.Databases,
        });
        return $"The snapshot {name} keeps {manifest.Files} files ({ByteSize.Format(manifest.Bytes)}).";
    }

    private async Task<bool> CopyWhereTheyLieAsync(string folder, CancellationToken cancellationToken)
    {
        if (prepared.Target.Kind == TargetKind.Daemon) return false;
        if (await prepared.Rsync.CopyAsLinksAsync(TargetLayout.Mirror.TrimEnd('/'), folder, cancellationToken)) return true;

        // An account that may run nothing but rsync, or a file system without hard links: rsync will do, or say why not.
        await prepared.Rsync.RemoveAsync(folder, cancellationToken);
        return false;
    }

    // The source has gone on since the mirror's run: this tree has a list of its own.
    private async Task<string> SendWithLinksAsync(string folder, RunContext context, CancellationToken cancellationToken)
    {
        using TreeAccount account = await TreeAccount.OfLinkedTreeAsync(prepared, mirror, area, cancellationToken);
        var send = new RsyncSend
        {
            SourceFolder = prepared.Source.Path,
            DestinationRelative = folder,
            FilterArguments = prepared.Patterns.RsyncArguments,
            LinkFolders = [TargetLayout.Mirror.TrimEnd('/')],
            KeepHalfFiles = prepared.KeepsHalfFiles,
            TellUnchanged = true,
        };
        RsyncSend whole = account.Watch(send) with
        {
            KeepExtendedAttributes = prepared.Configuration.Backup.KeepAttributes,
            KeepAccessControlLists = prepared.Configuration.Backup.KeepAttributes,
        };
        await SendAsync(whole, context, cancellationToken);

        // Their copies waited in the staging area with the times they have in the mirror, so that they become links too.
        area.Databases.MatchFolders(PlexDatabaseFiles.FolderRelativePath);
        await SendAsync(
            send with
            {
                SourceFolder = area.Databases.Path, FilterArguments = [], TellUnchanged = false, WritePaths = ListedPaths.Of(mirror.Databases),
            },
            context, cancellationToken);
        return account.Write(othersMayStay: false);
    }

    private async Task LinkListAsync(string folder, RunContext context, CancellationToken cancellationToken)
    {
        FileListCopy.MatchTime(area.FileListPath, prepared.IndexPath);
        var send = new RsyncSend
        {
            SourceFolder = area.ManifestFolder,
            DestinationRelative = folder,
            LinkFolders = [TargetLayout.Mirror.TrimEnd('/')],
            WritePaths = paths =>
            {
                paths.Add(BackupManifest.Folder);
                paths.Add(BackupManifest.FileListRelativePath);
            },
        };
        await SendAsync(send, context, cancellationToken);
    }

    private async Task<RsyncResult> SendAsync(RsyncSend send, RunContext context, CancellationToken cancellationToken)
    {
        var report = new DirectProgress<RsyncProgress>(step => progress?.Report(new(
            BackupPhase.Snapshot, send.DestinationRelative, step.Bytes, null, step.BytesPerSecond, step.Remaining, step.FilesDone)));
        RsyncResult result = await prepared.Rsync.SendAsync(send, report, cancellationToken);
        context.Record(run => run with
        {
            FilesSent = run.FilesSent + result.Statistics.FilesTransferred, BytesSent = run.BytesSent + result.Statistics.WireSent,
        });
        if (result.Incomplete) foreach (string warning in result.Warnings) context.Warn(warning);
        return result;
    }
}
