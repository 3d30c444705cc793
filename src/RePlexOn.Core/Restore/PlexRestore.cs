using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>Gives a backup back: to a folder, or in place, where what was there before is kept and can be put back.</summary>
public sealed class PlexRestore(TimeProvider time)
{
    /// <summary>Restores.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is, on threads of the restore's own.</param>
    /// <param name="cancellationToken">Stops it; the run is recorded as Cancelled, and the same restore goes on later.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public Task<BackupRun> RunAsync(
        RestoreOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RecordAsync(
            options,
            async (configuration, context, token) =>
            {
                await using var connection = new SshConnection();
                PreparedRestore prepared = await PreparedRestore.LookAsync(options, configuration, connection, token);
                context.Record(run => run with { Source = prepared.Destination.Path, Target = prepared.Rsync.Target.Display });
                return await new RestoreRun(prepared, context, time, progress).ExecuteAsync(token);
            },
            cancellationToken);

    /// <summary>Finds out what a restore would do, and changes nothing, here or on the target.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It could not be restored; the message says why.</exception>
    public async Task<RestorePlan> PlanAsync(
        RestoreOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RePlexOnConfiguration configuration = options.Overrides.ApplyTo(new ConfigurationStore().Load(options.ConfigurationPath));
        await using var connection = new SshConnection();
        PreparedRestore prepared = await PreparedRestore.LookAsync(options, configuration, connection, cancellationToken);
        RestoreSource source = await RestoreSource.FindAsync(prepared.Rsync, options.Name, time, cancellationToken);
        if (!options.Force) source.EnsureWhole();
        return await new RestorePlanner(prepared, progress).PlanAsync(source, cancellationToken);
    }

    /// <summary>
    /// Undoes a restore in place that was cut short, or else the last one: what was there before is there again. What the
    /// restore had brought is kept if it was whole, since Plex may have worked with it.
    /// </summary>
    /// <param name="options">Names the data directory, and how Plex is stopped and started; the rest is of no matter.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it before anything is put back.</param>
    /// <returns>The run as it ended; its error is <c>NothingToUndo</c> where nothing was restored in place.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded.</exception>
    public Task<BackupRun> UndoAsync(
        RestoreOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RecordAsync(
            options,
            async (configuration, context, token) =>
            {
                string directory = RestoreDestination.DataDirectory(configuration);
                context.Record(run => run with { Source = directory });
                return await new RestoreUndo(directory, options.Service, context, time, progress).ExecuteAsync(token);
            },
            cancellationToken);

    private Task<BackupRun> RecordAsync(
        RestoreOptions options, Func<RePlexOnConfiguration, RunContext, CancellationToken, Task<string>> work,
        CancellationToken cancellationToken)
    {
        return new RunRecorder(time).RecordAsync(
            options.ConfigurationPath, options.Overrides, RunKind.Restore, options.Trigger,
            (context, token) => work(context.Configuration.Whole(), context, token), cancellationToken);
    }
}
