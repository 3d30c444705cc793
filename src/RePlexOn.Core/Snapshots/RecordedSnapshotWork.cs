using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Does work on the snapshots of the configured target as a run of kind <see cref="RunKind.Prune"/>.</summary>
internal sealed class RecordedSnapshotWork(TimeProvider time)
{
    private readonly ConfigurationStore _configurations = new();

    /// <summary>The work of one run.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="rsync">Reaches the target.</param>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The one line that says what was done.</returns>
    internal delegate Task<string> Work(
        RePlexOnConfiguration configuration, RsyncClient rsync, RunContext context, CancellationToken cancellationToken);

    /// <summary>The configuration with the values of this run in it.</summary>
    public RePlexOnConfiguration Load(SnapshotWorkOptions options) =>
        options.Overrides.ApplyTo(_configurations.Load(options.ConfigurationPath));

    /// <inheritdoc cref="RunRecorder.RecordAsync" />
    public Task<BackupRun> RecordAsync(
        SnapshotWorkOptions options, SshConnection connection, Work work, CancellationToken cancellationToken)
    {
        return new RunRecorder(time).RecordAsync(options.ConfigurationPath, options.Overrides, RunKind.Prune, options.Trigger, async (context, token) =>
        {
            RePlexOnConfiguration configuration = context.Configuration.Whole();
            context.Record(run => run with { Target = configuration.Target });
            BackupTarget target = ConfiguredPlaces.OpenTarget(configuration);
            context.Record(run => run with { Target = target.Display });
            return await work(configuration, new RsyncClient(new ProgramRunner(), target, connection), context, token);
        }, cancellationToken);
    }
}
