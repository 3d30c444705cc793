using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Brings the mirror up to date and keeps that state as a snapshot: two runs, each with its row in the history.</summary>
public sealed class SnapshotBackup(TimeProvider time)
{
    /// <summary>Backs up, and makes a snapshot of what was backed up.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The mirror run, and the snapshot run where the first left a whole mirror.</returns>
    /// <exception cref="RePlexOnException">The runs could not even be recorded: the history cannot be written.</exception>
    public async Task<IReadOnlyList<BackupRun>> RunAsync(
        MirrorOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        return await RunAsync(options, SnapshotWish.Always, connection, progress, cancellationToken);
    }

    /// <summary>Backs up, and makes a snapshot where one is wished for.</summary>
    /// <returns>The mirror run, and the snapshot run where there was one.</returns>
    /// <inheritdoc cref="RunAsync(MirrorOptions, IProgress{BackupProgress}?, CancellationToken)" />
    internal async Task<IReadOnlyList<BackupRun>> RunAsync(
        MirrorOptions options, SnapshotWish wish, SshConnection connection, IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        var recorder = new RunRecorder(time);
        var decision = new SnapshotDecision(IsMade: false, "");
        PreparedMirror? prepared = null;
        MirrorRun? mirror = null;
        StagingArea? area = null;
        try
        {
            BackupRun first = await recorder.RecordAsync(
                options.ConfigurationPath, options.Overrides, RunKind.Mirror, options.Trigger,
                async (context, token) =>
                {
                    prepared = await new MirrorPreparation(time).PrepareAsync(options, connection, progress, token, context);
                    decision = await new SnapshotRule(time).DecideAsync(wish, prepared.Configuration.Snapshots.On, prepared.Rsync, token);
                    if (!decision.IsMade && decision.Reason.Length > 0) context.Note(decision.Reason);
                    area = StagingArea.Create(prepared);
                    mirror = new MirrorRun(prepared, context, time, progress);
                    bool keepDatabases = decision.IsMade && prepared.Target.Kind != TargetKind.Local;
                    return await mirror.ExecuteAsync(area, keepDatabases, token);
                },
                cancellationToken);
            if (!decision.IsMade || mirror?.Result is not { } whole) return [first];

            BackupRun second = await recorder.RecordAsync(
                options.ConfigurationPath, options.Overrides, RunKind.Snapshot, options.Trigger,
                async (context, token) =>
                {
                    context.Record(run => run with
                    {
                        Source = first.Source, Target = first.Target,
                        MachineIdentifier = first.MachineIdentifier, PlexVersion = first.PlexVersion,
                    });
                    if (decision.Reason.Length > 0) context.Note(decision.Reason);
                    return await new SnapshotCreation(prepared!, whole, area!, progress).ExecuteAsync(context, token);
                },
                cancellationToken);
            return [first, second];
        }
        finally
        {
            area?.Dispose();
        }
    }
}
