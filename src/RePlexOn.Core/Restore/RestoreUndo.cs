using RePlexOn.Backup;
using RePlexOn.Plex;

namespace RePlexOn.Restore;

/// <summary>Puts back what a restore in place has kept aside.</summary>
internal sealed class RestoreUndo(
    string directory, PlexService? service, RunContext context, TimeProvider time, IProgress<BackupProgress>? progress)
{
    /// <summary>Undoes the restore that was cut short, else the last one.</summary>
    /// <returns>The one line that says what was done.</returns>
    public async Task<string> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (RestoreWorkspace.FindLast(directory) is not { } workspace || workspace.ReadJournal() is not { } journal)
        {
            throw new RePlexOnException(
                "NothingToUndo", ExitCode.Failed, $"Nothing that was there before a restore is kept in {directory}.",
                "See whether it is the right data directory; `replexon history --kind Restore` shows what was restored where.");
        }

        if (journal.Stage == RestoreStage.Fetching)
        {
            await RemoveAsync(workspace, journal);
            return $"The restore into {directory} had replaced nothing yet; what it had fetched is removed.";
        }

        var plex = new PlexStop(directory, service, time);
        try
        {
            progress?.Report(new(BackupPhase.Replacing, "making sure that Plex is stopped"));
            await plex.StopAsync(cancellationToken);
            return await PutBackAsync(workspace, journal);
        }
        finally
        {
            if (await plex.StartAgainAsync() is { } trouble) context.Warn(trouble);
        }
    }

    private async Task<string> PutBackAsync(RestoreWorkspace workspace, RestoreJournal journal)
    {
        workspace.Write(journal with { Stage = RestoreStage.Undoing });
        new TreeSwap(workspace, path => progress?.Report(new(BackupPhase.Replacing, path))).Undo(journal.Units);
        string? kept = await RemoveAsync(workspace, journal);
        return $"{directory} is as it was before the restore of {journal.StartedAt:yyyy-MM-dd HH:mm}."
            + (kept is null ? "" : $" What the restore had brought is kept in {kept}; remove it when you need it no more.");
    }

    // The last step changes the time of the directory, and the one that is cut short there is not gone on with.
    private async Task<string?> RemoveAsync(RestoreWorkspace workspace, RestoreJournal journal)
    {
        ApplyFolders();
        string? kept = await workspace.KeepUndoneAsync(journal.StartedAt);
        ApplyFolders();
        return kept;

        void ApplyFolders()
        {
            foreach (SwapFolder folder in journal.Folders) folder.Before.ApplyTo(Path.Combine(directory, folder.Path));
        }
    }
}
