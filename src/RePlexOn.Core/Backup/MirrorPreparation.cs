using RePlexOn.Configuration;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Finds out all that a backup to the mirror, or a plan of one, must know.</summary>
internal sealed class MirrorPreparation(TimeProvider time)
{
    /// <summary>Prepares it.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="connection">How an ssh target is reached.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="context">The run that is to make the backup; null for a plan.</param>
    /// <exception cref="RePlexOnException">A backup cannot be made.</exception>
    public async Task<PreparedMirror> PrepareAsync(
        MirrorOptions options, SshConnection connection, IProgress<BackupProgress>? progress, CancellationToken cancellationToken,
        RunContext? context = null)
    {
        RePlexOnConfiguration configuration = context?.Configuration.Whole()
            ?? options.Overrides.ApplyTo(new ConfigurationStore().Load(options.ConfigurationPath));
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
