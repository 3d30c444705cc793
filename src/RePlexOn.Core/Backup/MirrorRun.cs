using RePlexOn.Files;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>One mirror run, from what is known beforehand to the manifest that says that the mirror is whole.</summary>
internal sealed class MirrorRun(PreparedMirror prepared, RunContext context, TimeProvider time, IProgress<BackupProgress>? progress)
{
    // Of an older mirror nothing is known of most contents: so many are proven with each run that has something to do.
    private const int MostProvenBesides = 1000;

    private readonly MirrorSender _sender = new(prepared, context);
    private string? _fileListSha256 = prepared.Mirror.Manifest?.FileListSha256;

    private RsyncClient Rsync => prepared.Rsync;

    private bool FilesChange => prepared.Choice.Pass != MirrorPass.Delta || prepared.Difference is not { IsEmpty: true };

    private MirrorTally Tally => _sender.Tally;

    private bool LeftSomethingOut => Tally.Incomplete || prepared.Tree.Unreadable.Count > 0;

    /// <summary>What the mirror holds once the run has ended well.</summary>
    public BackupManifest? Result { get; private set; }

    /// <summary>Brings the mirror up to date.</summary>
    /// <param name="area">Where databases and manifest are made ready.</param>
    /// <param name="keepDatabases">Whether a copy of every database shall wait there afterwards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The one line that says what was done.</returns>
    public async Task<string> ExecuteAsync(StagingArea area, bool keepDatabases, CancellationToken cancellationToken)
    {
        StagedDatabases databases = prepared.Mirror.IsEmpty
            ? await FillAsync(area, keepDatabases, cancellationToken)
            : await UpdateAsync(area, keepDatabases, cancellationToken);

        progress?.Report(new(BackupPhase.Finishing, "writing down that the mirror is whole"));
        BackupManifest manifest = Manifest(complete: true, databases, []);
        // Where the target was not trusted, its list is not either.
        bool newList = FilesChange
            && (prepared.Choice.Pass != MirrorPass.Delta || _fileListSha256 != prepared.Mirror.Manifest?.FileListSha256);
        await area.SendManifestAsync(Rsync, TargetLayout.Mirror, manifest, withList: newList, cancellationToken);
        Remember(databases);
        if (newList) FileListCopy.Keep(area.FileListPath, prepared.IndexPath);
        Result = manifest;
        return Conclude(manifest);
    }

    private async Task<StagedDatabases> FillAsync(StagingArea area, bool keepDatabases, CancellationToken cancellationToken)
    {
        TreeAccount account = await TreeAccount.OfMirrorAsync(prepared, area, cancellationToken);
        StagedDatabases? databases = null;
        await new MirrorFill(prepared, _sender).ExecuteAsync(
            account,
            captureDatabases: async stop => databases = await CaptureDatabasesAsync(area, keepDatabases, told: null, stop),
            sendDatabases: stop => _sender.SendDatabasesAsync(area.Databases, databases!, [], told: null, stop),
            progress, cancellationToken);
        if (databases!.ToSend.Count > 0) account.TakeFolder(PlexDatabaseFiles.FolderRelativePath);
        await ListAsync(account);
        return databases;
    }

    private async Task<StagedDatabases> UpdateAsync(StagingArea area, bool keepDatabases, CancellationToken cancellationToken)
    {
        StagedDatabases databases = await CaptureDatabasesAsync(area, keepDatabases, progress, cancellationToken);
        CapturedDatabase[] gone = DatabasesGone(databases);
        if (!FilesChange && databases.ToSend.Count == 0 && gone.Length == 0) return databases;

        await MarkIncompleteAsync(area, Manifest(complete: false, databases, gone), cancellationToken);
        TreeAccount? account = FilesChange ? await TreeAccount.OfMirrorAsync(prepared, area, cancellationToken) : null;
        if (account is not null) await SendFilesAsync(account, cancellationToken);
        // The list takes this machine's time, the databases the network's.
        await Task.WhenAll(
            account is null ? Task.CompletedTask : ListAsync(account),
            _sender.SendDatabasesAsync(area.Databases, databases, gone, progress, cancellationToken));
        return databases;
    }

    private async Task<StagedDatabases> CaptureDatabasesAsync(
        StagingArea area, bool keepDatabases, IProgress<BackupProgress>? told, CancellationToken cancellationToken)
    {
        BackupManifest? manifest = prepared.Mirror.Manifest;
        MirrorRecord? record = MirrorRecord.Read(prepared.IndexPath);
        bool known = prepared.Choice.Pass == MirrorPass.Delta && record?.RunId == manifest?.RunId;
        StagedDatabases databases = await new DatabaseStage(time, told).CaptureAsync(
            prepared.Databases,
            known ? manifest!.Databases.ToDictionary(database => database.Path) : [],
            known ? record!.Stamps : new Dictionary<string, string>(),
            area.Databases, keepDatabases, cancellationToken);
        context.Record(run => run with { Databases = databases.All });
        return databases;
    }

    private CapturedDatabase[] DatabasesGone(StagedDatabases databases) =>
    [
        .. (prepared.Mirror.Manifest?.Databases ?? [])
            .Where(before => databases.All.All(now => now.Path != before.Path)),
    ];

    private Task ListAsync(TreeAccount account)
    {
        bool othersMayStay = LeftSomethingOut;
        return Task.Run(() => _fileListSha256 = account.Write(othersMayStay));
    }

    private async Task SendFilesAsync(TreeAccount account, CancellationToken cancellationToken)
    {
        RsyncSend send = _sender.SomeFiles;
        TreeDifference? difference = prepared.Difference;
        if (prepared.Choice.Pass == MirrorPass.Delta)
        {
            await SendListedAsync(account, send, difference!.Changed, cancellationToken);
            await SendListedAsync(account, send with { Delete = true }, difference.Vanished, cancellationToken);
        }
        else
        {
            bool byContent = prepared.Choice.Pass == MirrorPass.FullByContent;
            RsyncSend whole = _sender.WholeTree with
            {
                Delete = true,
                Comparison = byContent ? RsyncComparison.Content : RsyncComparison.SizeAndTime,
                TellUnchanged = byContent,
            };
            await SendAsync(whole, difference?.ChangedBytes ?? prepared.Tree.Bytes, account, cancellationToken);
        }

        if (difference is null) return;

        // Compared by content, a file tells its sum even where it is the same on both sides.
        send = send with { Comparison = RsyncComparison.Content, TellUnchanged = true };
        await SendListedAsync(account, send, difference.Suspect, cancellationToken);
        if (prepared.Mirror.Manifest is { Complete: false })
        {
            // A run that did not finish may have sent a state of a changed file that only its content tells from today's.
            await SendListedAsync(account, send, difference.Changed, cancellationToken);
        }

        await SendListedAsync(account, send, account.Unproven(MostProvenBesides), cancellationToken);
    }

    private async Task SendListedAsync(
        TreeAccount account, RsyncSend send, IReadOnlyList<FileEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;

        long bytes = 0;
        foreach (FileEntry entry in entries) bytes += entry.Kind == FileKind.File ? entry.Size : 0;
        await SendAsync(send with { WritePaths = ListedPaths.Of(entries) }, send.Delete ? 0 : bytes, account, cancellationToken);
    }

    private Task SendAsync(RsyncSend send, long bytes, TreeAccount account, CancellationToken cancellationToken) =>
        _sender.SendAsync(send, account, _sender.Progress(progress, BackupPhase.Mirroring, bytes), cancellationToken);

    // A mark that an unfinished run has left says as much as ours. On a full target there might be no room for another, and
    // so no way to the deletions that make some.
    private async Task MarkIncompleteAsync(StagingArea area, BackupManifest mark, CancellationToken cancellationToken)
    {
        bool marked = prepared.Mirror.Manifest is { Complete: false } before && before.BasedOnRunId == mark.BasedOnRunId
            && mark.Databases.All(database => before.Databases.Any(other => other.Path == database.Path));
        if (!marked) await area.SendManifestAsync(Rsync, TargetLayout.Mirror, mark, withList: false, cancellationToken);
    }

    private BackupManifest Manifest(bool complete, StagedDatabases databases, CapturedDatabase[] gone)
    {
        BackupManifest? before = prepared.Mirror.Manifest;
        string? basedOn = prepared.Choice.Pass == MirrorPass.FullByContent ? null
            : before is { Complete: false } ? before.BasedOnRunId : before?.RunId;
        return new BackupManifest
        {
            Complete = complete,
            RunId = context.Run.Id,
            BasedOnRunId = complete ? null : basedOn,
            ToolVersion = RunningTool.Version,
            Host = context.Run.Host,
            Source = prepared.Source.Path,
            MachineIdentifier = prepared.Source.Preferences.MachineIdentifier,
            PlexVersion = prepared.Source.ServerVersion,
            StartedAt = context.Run.StartedAt,
            EndedAt = complete ? time.GetLocalNow() : null,
            Files = prepared.Tree.FileCount + databases.All.Count,
            Bytes = prepared.Tree.Bytes + databases.All.Sum(database => database.Bytes),
            // Those still to be removed are named until they are, for the run that may have to do it instead.
            Databases = [.. databases.All, .. gone],
            FileListSha256 = _fileListSha256,
        };
    }

    // Where rsync left something out, the old tree stays the one to compare with: then whatever changed since the last
    // whole state is looked at again, and what could not be read today is tried again.
    private void Remember(StagedDatabases databases)
    {
        bool full = prepared.Choice.Pass != MirrorPass.Delta;
        bool incomplete = LeftSomethingOut;
        var header = new FileIndexHeader(
            context.Run.Id, prepared.Target.Identity, prepared.Source.Path, prepared.RulesFingerprint, prepared.ScannedAt,
            full ? prepared.ScannedAt : prepared.Index.Header!.LastFullPassAt, prepared.Target.MountPoint, incomplete);
        FileTree tree = incomplete && prepared.Difference is not null ? prepared.Index.Tree! : prepared.Tree;
        Directory.CreateDirectory(Path.GetDirectoryName(prepared.IndexPath)!);
        FileIndexStore.Write(prepared.IndexPath, header, tree);
        new MirrorRecord(context.Run.Id, databases.Stamps).Write(prepared.IndexPath);
    }

    private string Conclude(BackupManifest manifest)
    {
        context.Record(run => run with { FilesTotal = manifest.Files, BytesTotal = manifest.Bytes });
        foreach (UnreadableFolder folder in prepared.Tree.Unreadable)
        {
            context.Warn($"The folder {folder} was not backed up.");
        }

        foreach (string warning in Tally.Warnings) context.Warn(warning);
        if (Tally.SomeVanished) context.Note("Some files went away while they were being sent, as they do on a running server.");
        foreach (string link in prepared.Source.OutsideLinks)
        {
            context.Note($"{link} is a link to another place: what lies there is not in the backup.");
        }

        return $"The mirror holds {manifest.Files} files ({ByteSize.Format(manifest.Bytes)}); {Tally.FilesSent} were sent "
            + $"({ByteSize.Format(Tally.BytesSent)} over the wire) and {Tally.FilesDeleted} removed.";
    }
}
