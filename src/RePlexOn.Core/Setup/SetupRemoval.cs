using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Schedules;

namespace RePlexOn.Setup;

/// <summary>
/// Takes back what set-up added: the schedules; with a purge also the configuration, the secret and the history. What was
/// there before set-up stays in any case, and so does the backup on the target.
/// </summary>
public sealed class SetupRemoval
{
    private readonly ConfigurationStore _store = new();
    private readonly TimeProvider _time;
    private readonly ScheduleBook _schedules;

    /// <summary>Takes back a set-up of the current user.</summary>
    public SetupRemoval(TimeProvider time)
        : this(time, new ScheduleBook(time))
    {
    }

    internal SetupRemoval(TimeProvider time, ScheduleBook schedules)
    {
        _time = time;
        _schedules = schedules;
    }

    /// <summary>Takes it back. The same twice changes nothing more.</summary>
    /// <param name="options">What of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>All that it did, or would do.</returns>
    /// <exception cref="RePlexOnException">
    /// <c>Locked</c>: a run is under way; <c>SetupNotRemoved</c>: a file could not be removed; or a schedule could not.
    /// </exception>
    public async Task<IReadOnlyList<SetupStep>> RunAsync(SetupRemovalOptions options, CancellationToken cancellationToken)
    {
        string configuration = Path.GetFullPath(_store.ResolvePath(options.ConfigurationPath));
        string state = options.StateDirectory ?? _store.FindStateDirectory(options.ConfigurationPath);
        var steps = new List<SetupStep>();

        // A run that goes on would write its history anew after it was removed.
        using RunLock? held = options.Purge && !options.DryRun && Directory.Exists(state)
            ? RunLock.Acquire(state, "Removal", _time, TimeSpan.Zero, cancellation: cancellationToken)
            : null;
        foreach (BackupSchedule one in await _schedules.ListAsync(cancellationToken))
        {
            if (one.ConfigurationPath is not { } path || !(options.AllSchedules || path == configuration)) continue;
            await _schedules.UnregisterAsync(one.Job, path, options.DryRun, cancellationToken);
            steps.Add(new SetupStep(SetupAction.Removed, $"schedule of {ScheduledWork.NameOf(one.Job)}", $"{one.Description}, in {one.Location}"));
        }

        SetupRecord made = SetupRecord.Read(state);
        var remover = new SetupRemover(options.DryRun, steps);
        foreach (string file in made.Files.Append(configuration).Distinct().Where(File.Exists))
        {
            if (options.Purge && made.Files.Contains(file)) remover.File(file);
            else steps.Add(new SetupStep(SetupAction.Kept, "file", file));
        }

        if (Directory.Exists(state))
        {
            if (options.Purge && made.Folders.Contains(state)) remover.FolderWithContent(state);
            else steps.Add(new SetupStep(SetupAction.Kept, "history", state));
        }

        if (options.Purge)
        {
            foreach (string folder in made.Folders.Reverse().Where(folder => folder != state)) remover.FolderIfEmpty(folder);
        }

        return steps;
    }
}
