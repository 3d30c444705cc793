using System.Text;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>
/// One restore. All is fetched and proved beside what is there; only then is Plex stopped, and replaced by renames what
/// is to be replaced: so Plex stands still for moments, and a restore that fails before has changed nothing.
/// </summary>
internal sealed class RestoreRun(PreparedRestore prepared, RunContext context, TimeProvider time, IProgress<BackupProgress>? progress)
{
    private const string PreferencesFile = "Preferences.xml";

    private readonly RestoreWorkspace _workspace = new(prepared.Destination.Path);
    private readonly PlexStop? _plex = prepared.Destination.InPlace
        ? new PlexStop(prepared.Destination.Path, prepared.Options.Service, time) : null;

    private string Destination => prepared.Destination.Path;

    private bool Force => prepared.Options.Force;

    /// <summary>Restores, or goes on with a restore that was cut short.</summary>
    /// <returns>The one line that says what was done.</returns>
    public async Task<string> ExecuteAsync(CancellationToken cancellationToken)
    {
        RestoreJournal journal = prepared.Begun is { Stage: not RestoreStage.Fetching } begun
            ? begun : await FetchAsync(cancellationToken);
        context.Record(run => run with { FilesTotal = journal.Files, BytesTotal = journal.Bytes });
        (journal, string? kept) = await ReplaceAsync(journal, cancellationToken);
        return Conclude(journal, kept);
    }

    private async Task<RestoreJournal> FetchAsync(CancellationToken cancellationToken)
    {
        _plex?.EnsurePossible();
        progress?.Report(new(BackupPhase.Preflight, "looking at the backup"));
        RestoreSource source = await RestoreSource.FindAsync(prepared.Rsync, prepared.Options.Name, time, cancellationToken);
        context.Record(run => run with
        {
            MachineIdentifier = source.Manifest?.MachineIdentifier, PlexVersion = source.Manifest?.PlexVersion,
        });
        if (!Force) source.EnsureWhole();
        else if (source.Doubt is { } doubt) context.Warn($"The backup may not be whole: {doubt}.");
        EnsureSameServer(source.Manifest?.MachineIdentifier);

        Directory.CreateDirectory(Destination);
        FolderAttributes here = FolderAttributes.Of(Destination);
        RestoreJournal journal = prepared.NewJournal(context.Run.Id, context.Run.StartedAt) with
        {
            Folders = prepared.Begun?.Folders ?? [new("", here, here)],
        };
        await _workspace.CreateAsync(anew: prepared.Begun is null);
        _workspace.Write(journal);
        await TransferAsync(prepared.Receive(source, _workspace.Fetched), cancellationToken);
        FileTree fetched = await Task.Run(
            () => new TreeScanner(FilePatterns.None).Scan(_workspace.Fetched, entriesSeen: null, cancellationToken), cancellationToken);
        await ProveAsync(source, fetched, cancellationToken);

        // Kept aside is what is known to be good; so what takes its place must have reached the disk.
        await new ProgramRunner().RunAsync(
            new ProgramCall { Program = "sync", Arguments = ["-f", "--", _workspace.Fetched] }, null, null, cancellationToken);
        return journal with { Files = fetched.FileCount, Bytes = fetched.Bytes };
    }

    private async Task TransferAsync(RsyncReceive receive, CancellationToken cancellationToken)
    {
        RsyncResult survey = await prepared.Rsync.ReceiveAsync(receive with { DryRun = true }, progress: null, cancellationToken);
        long bytes = survey.Statistics.BytesTransferred;
        prepared.Destination.EnsureRoom(bytes);
        IProgress<RsyncProgress>? report =
            BackupProgress.OfTransfer(progress, BackupPhase.Fetching, $"from {prepared.Rsync.Target.Display}", bytes);
        RsyncResult result;
        try
        {
            result = await prepared.Rsync.ReceiveAsync(receive with { Delete = prepared.Begun is not null }, report, cancellationToken);
        }
        catch (RePlexOnException full) when (full.ErrorId == "NoRoom")
        {
            throw new RePlexOnException(
                "DestinationFull", ExitCode.NoRoom, $"No room is left on the disk of {Destination}. Nothing there was replaced.",
                "Free some room, and run the restore again: what has arrived is not fetched twice.", full);
        }

        if (!result.Incomplete && !result.SomeVanished) return;
        if (!Force)
        {
            throw new RePlexOnException(
                "BackupUnreadable", ExitCode.VerificationFailed,
                $"Not all of the backup could be fetched. Nothing in {Destination} was replaced. rsync said: {string.Join(' ', result.Warnings.Take(5))}",
                "See whether the user that RePlexOn works as on the target may read it all, and run it again; or do without those files: -Force (--force).");
        }

        foreach (string warning in result.Warnings) context.Warn(warning);
    }

    private async Task ProveAsync(RestoreSource source, FileTree fetched, CancellationToken cancellationToken)
    {
        foreach (string part in prepared.Scope.PartNames)
        {
            if (RestorePart.Find(part).Paths.Any(path => fetched.IndexOf(Encoding.UTF8.GetBytes(path)) >= 0)) continue;
            throw new RePlexOnException(
                "PartNotInBackup", ExitCode.Failed, $"{source.Display} holds nothing of {part}. Nothing was replaced.",
                "Choose another snapshot, or leave that part out.");
        }

        EnsureSameServer(RestoreDestination.IdentifierIn(_workspace.Fetched));
        if (prepared.Scope.IsWhole && source.Manifest is { Complete: true, Files: var files } && fetched.FileCount < files)
        {
            context.Warn($"The backup says that it holds {files} files; {fetched.FileCount} came. Verify it.");
        }

        IReadOnlyList<string> trouble = await new FetchedDatabases(progress).FindTroubleAsync(
            _workspace.Fetched,
            source.Manifest?.Databases.Where(database => prepared.Scope.Holds(database.Path)).ToArray(),
            cancellationToken);
        if (trouble.Count == 0) return;
        if (!Force)
        {
            throw new RePlexOnException(
                "FetchedDatabaseBad", ExitCode.VerificationFailed,
                $"{string.Join(' ', trouble)} Nothing in {Destination} was replaced.",
                "Restore another snapshot (Get-PlexSnapshot, replexon snapshot list). To take this one as it is, go on with -Force (--force).");
        }

        foreach (string one in trouble) context.Warn(one);
    }

    private async Task<(RestoreJournal Journal, string? Kept)> ReplaceAsync(RestoreJournal journal, CancellationToken cancellationToken)
    {
        if (journal.Stage == RestoreStage.Replaced) return (journal, await FinishAsync(journal));
        try
        {
            progress?.Report(new(BackupPhase.Replacing, "making sure that Plex is stopped"));
            if (_plex is not null) await _plex.StopAsync(cancellationToken);
            if (journal.Stage == RestoreStage.Fetching)
            {
                journal = PlanSwap(journal, cancellationToken);
                _workspace.Write(journal);
            }

            // From here on to the end it is a matter of moments, and not to be stopped halfway.
            new TreeSwap(_workspace, path => progress?.Report(new(BackupPhase.Replacing, path))).Apply(journal.Units);
            if (prepared.Configuration.Backup.KeepAttributes && !prepared.Destination.InPlace) await TakeRootAttributesAsync();
            _workspace.Write(journal = journal with { Stage = RestoreStage.Replaced });
            return (journal, await FinishAsync(journal));
        }
        finally
        {
            if (_plex is not null && await _plex.StartAgainAsync() is { } trouble) context.Warn(trouble);
        }
    }

    // The last step changes the time of the destination, and the one that is cut short there is not gone on with.
    private async Task<string?> FinishAsync(RestoreJournal journal)
    {
        ApplyFolders();
        string? kept = await _workspace.KeepOldAsync(journal.StartedAt);
        ApplyFolders();
        return kept;

        void ApplyFolders()
        {
            foreach (SwapFolder folder in journal.Folders) folder.After.ApplyTo(Path.Combine(Destination, folder.Path));
        }
    }

    // A new folder takes from the backup's what no rename can give it.
    private Task TakeRootAttributesAsync() =>
        new RsyncClient(new ProgramRunner(), new LocalTarget(_workspace.Fetched, new TargetOptions())).ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = "", DestinationFolder = Destination, FilterArguments = ["--exclude=*"],
                KeepExtendedAttributes = true, KeepAccessControlLists = true,
            },
            progress: null, CancellationToken.None);

    private RestoreJournal PlanSwap(RestoreJournal journal, CancellationToken cancellationToken)
    {
        FileTree fetched = new TreeScanner(FilePatterns.None).Scan(_workspace.Fetched, entriesSeen: null, cancellationToken);
        var planner = new SwapPlanner(Destination, prepared.ScanLive(cancellationToken), fetched, prepared.Scope);
        (IReadOnlyList<SwapUnit> units, IReadOnlyList<SwapFolder> folders) = planner.Plan();

        // Its time was another before the workspace was made in it.
        FolderAttributes before = journal.Folders[0].Before;
        return journal with
        {
            Stage = RestoreStage.Replacing,
            Units = units,
            Folders = [.. folders.Select(folder => folder.Path.Length == 0 ? WithBefore(folder, before) : folder)],
        };

        static SwapFolder WithBefore(SwapFolder folder, FolderAttributes before) =>
            folder with { Before = before, After = folder.After == folder.Before ? before : folder.After };
    }

    private void EnsureSameServer(string? identifier)
    {
        if (!Force && prepared.Scope.Holds(PreferencesFile)) prepared.Destination.EnsureSameServer(identifier);
    }

    private string Conclude(RestoreJournal journal, string? kept)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            context.Warn("Owners could not be set, since this is not root: all restored files belong to the user who ran it. "
                + "See that the user whom Plex runs as may read and write them.");
        }
        else if (prepared is { Destination.InPlace: true, Owner: null } && OwnerChange(journal, kept) is { } change)
        {
            context.Warn(change);
        }

        string parts = journal.Parts.Count == 0 ? "" : $" ({string.Join(", ", journal.Parts)})";
        return $"Restored {journal.Files} files ({ByteSize.Format(journal.Bytes)}) of {NameOf(journal)}{parts} to {Destination}."
            + (kept is null ? "" : $" What was there before is kept in {kept}: remove that when Plex is as it should be, or go back with "
                + "Restore-PlexBackup -Undo (replexon restore --undo).");
    }

    // A NAS may keep all files as its own user's.
    private string? OwnerChange(RestoreJournal journal, string? kept)
    {
        if (kept is null) return null;

        foreach (SwapUnit unit in journal.Units.Where(unit => unit is { HadOld: true, HasNew: true }))
        {
            FileOwner? now = FileOwner.Of(Path.Combine(Destination, unit.Name));
            FileOwner? before = FileOwner.Of(Path.Combine(kept, RestoreWorkspace.OldFolder, unit.Name));
            if (now is not { } owner || before is not { } was || owner == was) continue;
            return $"{unit.Name} belongs to {owner.User}:{owner.Group} now, and belonged to {was.User}:{was.Group} before. If Plex cannot read it, "
                + $"undo the restore, and run it again with -Owner {was.User}:{was.Group} (--owner).";
        }

        return null;
    }

    private static string NameOf(RestoreJournal journal) =>
        journal.Name == RestoreOptions.Mirror ? "the mirror" : $"the snapshot {journal.Name}";
}
