using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>Brings a backup of the configuration back. What it replaces is kept aside; run again, it changes nothing more.</summary>
public sealed class ConfigurationRestore(TimeProvider time)
{
    /// <summary>Finds out what would be done with each file, and changes nothing.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The backup is not there, is damaged, or could not be restored.</exception>
    public async Task<IReadOnlyList<ConfigurationRestoreStep>> PlanAsync(
        ConfigurationRestoreOptions options, CancellationToken cancellationToken = default)
    {
        using var folder = new TemporaryFolder();
        await using var connection = new SshConnection();
        RsyncClient rsync = Open(Usable(new ConfigurationStore().Read(options.ConfigurationPath), options), connection);
        FetchedConfiguration fetched = await FetchedConfiguration.FetchAsync(rsync, options.Date, folder.Path, cancellationToken);
        return new ConfigurationReturn(fetched, options, time).Plan();
    }

    /// <summary>Brings it back.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told what it does.</param>
    /// <param name="cancellationToken">Stops it; the run is recorded as Cancelled.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public Task<BackupRun> RunAsync(
        ConfigurationRestoreOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        return new RunRecorder(time).RecordAsync(
            options.ConfigurationPath, options.Overrides, RunKind.Restore, RunTrigger.Interactive,
            async (context, token) =>
            {
                RePlexOnConfiguration configuration = Usable(context.Configuration, options);
                context.Record(run => run with { Target = configuration.Target });
                await using var connection = new SshConnection();
                RsyncClient rsync = Open(configuration, connection);
                progress?.Report(new(BackupPhase.Configuration, $"fetching from {rsync.Target.Display}"));
                using var stage = new ConfigurationStage(configuration.StagingDirectory);
                FetchedConfiguration fetched = await FetchedConfiguration.FetchAsync(rsync, options.Date, stage.Content, token);
                return new ConfigurationReturn(fetched, options, time).Apply(context);
            },
            cancellationToken);
    }

    private static RsyncClient Open(RePlexOnConfiguration configuration, SshConnection connection) =>
        new(new ProgramRunner(), ConfiguredPlaces.OpenTarget(configuration), connection);

    // A configuration that is gone or broken is what is to come back.
    private static RePlexOnConfiguration Usable(LoadedConfiguration loaded, ConfigurationRestoreOptions options) => options.Overrides.ApplyTo(
        loaded.Trouble is not null && options.Overrides.Target is not null
            ? new RePlexOnConfiguration { StateDirectory = loaded.WhatIsRight.StateDirectory }
            : loaded.Whole());
}
