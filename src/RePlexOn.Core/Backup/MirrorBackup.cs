using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Backs up the Plex data directory to the mirror on the target, without stopping Plex.</summary>
public sealed class MirrorBackup(TimeProvider time)
{
    private readonly ConfigurationStore _configurations = new();

    /// <summary>Makes one backup.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is, on threads of the backup's own.</param>
    /// <param name="cancellationToken">Stops it; rsync ends too, and the run is recorded as Cancelled.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public Task<BackupRun> RunAsync(
        MirrorOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        return new RunRecorder(time).RecordAsync(
            options.ConfigurationPath, options.Overrides, RunKind.Mirror, options.Trigger, (run, token) => RunAsync(run, options, progress, token), cancellationToken);
    }

    private async Task<string> RunAsync(
        RunContext context, MirrorOptions options, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        await using var connection = new SshConnection();
        PreparedMirror prepared = await PrepareAsync(options, connection, progress, cancellationToken, context);
        using StagingArea area = StagingArea.Create(prepared);
        return await new MirrorRun(prepared, context, time, progress).ExecuteAsync(area, keepDatabases: false, cancellationToken);
    }

    internal async Task<PreparedMirror> PrepareAsync(
        MirrorOptions options, SshConnection connection, IProgress<BackupProgress>? progress, CancellationToken cancellationToken,
        RunContext? context = null)
    {
        RePlexOnConfiguration configuration = options.Overrides.ApplyTo(_configurations.Load(options.ConfigurationPath));
        context?.Record(run => run with { Source = configuration.Source, Target = configuration.Target });

        PreparedMirror prepared = await new MirrorPreflight(time, progress)
            .PrepareAsync(configuration, connection, options.Full, options.Force, cancellationToken);
        prepared = await new MirrorWitness(progress).ConfirmAsync(prepared, cancellationToken);
        context?.Record(run => run with
        {
            Source = prepared.Source.Path,
            Target = prepared.Target.Display,
            Pass = prepared.Choice.Pass.ToString(),
            PassReason = prepared.Choice.Reason,
            MachineIdentifier = prepared.Source.Preferences.MachineIdentifier,
            PlexVersion = prepared.Source.ServerVersion,
        });
        return prepared;
    }
}
