using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>
/// Backs up RePlexOn's own configuration, history and schedules, and files of the user's, to a folder for each day. The
/// newest of a day takes the place of the others.
/// </summary>
public sealed class ConfigurationBackup(TimeProvider time)
{
    private readonly ConfigurationStore _configurations = new();

    /// <summary>Finds out which files a backup would hold, and changes nothing.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The configuration or the history cannot be read.</exception>
    public async Task<IReadOnlyList<ConfigurationItem>> PlanAsync(
        ConfigurationBackupOptions options, CancellationToken cancellationToken = default)
    {
        using var folder = new TemporaryFolder();
        var collector = new ConfigurationCollector(folder.Path, time);
        // A plan needs no secret to be copied to name it.
        await collector.CollectAsync(Load(options), options with { IncludeSecret = false }, cancellationToken);
        return collector.Items;
    }

    /// <summary>Makes the backup.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told what it does.</param>
    /// <param name="cancellationToken">Stops it; the run is recorded as Cancelled.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public Task<BackupRun> RunAsync(
        ConfigurationBackupOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        return new RunRecorder(time).RecordAsync(
            options.ConfigurationPath, options.Overrides, RunKind.ConfigBackup, options.Trigger,
            (context, token) => RunAsync(context, options, progress, token), cancellationToken);
    }

    private RePlexOnConfiguration Load(ConfigurationBackupOptions options) =>
        options.Overrides.ApplyTo(_configurations.Load(options.ConfigurationPath));

    private async Task<string> RunAsync(
        RunContext context, ConfigurationBackupOptions options, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration configuration = context.Configuration.Whole();
        context.Record(run => run with { Target = configuration.Target });
        BackupTarget target = ConfiguredPlaces.OpenTarget(configuration);
        context.Record(run => run with { Target = target.Display });
        await using var connection = new SshConnection();
        var rsync = new RsyncClient(new ProgramRunner(), target, connection);
        await EnsureMountedAsync(rsync, cancellationToken);

        progress?.Report(new(BackupPhase.Configuration, "collecting"));
        using var stage = new ConfigurationStage(configuration.StagingDirectory);
        var collector = new ConfigurationCollector(stage.Content, time);
        await collector.CollectAsync(configuration, options, cancellationToken);

        progress?.Report(new(BackupPhase.Configuration, $"sending to {target.Display}"));
        var today = DateOnly.FromDateTime(context.Run.StartedAt.DateTime);
        await new ConfigurationSender(rsync, stage).SendAsync(
            new ConfigurationDay(today, Manifest: null), context.Run, collector.Items, cancellationToken);

        long bytes = collector.Items.Sum(item => item.Bytes);
        context.Record(run => run with { FilesTotal = collector.Items.Count, BytesTotal = bytes });
        foreach (string warning in collector.Warnings) context.Warn(warning);
        if (collector.LeftOut.Count > 0) context.Note($"Secrets are left out: {string.Join(", ", collector.LeftOut)}.");
        if (options.IncludeSecret) context.Note($"It holds passwords and keys: whoever can read {target.Display} has them.");
        await RemoveOutdatedAsync(rsync, configuration.ConfigurationBackups.Keep, today, context, cancellationToken);
        return $"The configuration is kept under {ConfigurationDay.NameOf(today)}: {collector.Items.Count} files ({ByteSize.Format(bytes)}).";
    }

    // What is kept must not fail for what is in the way of an old one.
    private static async Task RemoveOutdatedAsync(
        RsyncClient rsync, int keep, DateOnly today, RunContext context, CancellationToken cancellationToken)
    {
        try
        {
            var days = new ConfigurationDays(rsync);
            IReadOnlyList<ConfigurationDay> outdated =
                ConfigurationDay.Outdated(await days.ListAsync(cancellationToken), keep, today);
            foreach (ConfigurationDay day in outdated)
            {
                await days.RemoveAsync(day, cancellationToken);
                context.Record(run => run with { FilesDeleted = run.FilesDeleted + 1 });
            }

            if (outdated.Count > 0) context.Note($"Removed: {string.Join(", ", outdated.Select(day => day.Name))}.");
        }
        catch (RePlexOnException trouble)
        {
            context.Warn($"Backups of the configuration that are too old could not be removed. {trouble.Message}");
        }
    }

    // A share that is not mounted leaves an empty folder, and what is kept there is gone when it is mounted again.
    private static async Task EnsureMountedAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteEntry> entries = await rsync.ListAsync("", cancellationToken);
        bool isInUse = entries.Any(entry =>
            entry.Name + "/" is TargetLayout.Mirror or TargetLayout.Snapshots or TargetLayout.ConfigurationBackups);
        if (isInUse || rsync.Target.Kind != TargetKind.Local) return;

        throw new RePlexOnException(
            "TargetWithoutBackups", ExitCode.Failed, $"There is no backup in {rsync.Target.Display}: it seems not to be mounted.",
            "Mount it. If it is new, make a first backup of Plex: Invoke-PlexBackup (replexon backup).");
    }
}
