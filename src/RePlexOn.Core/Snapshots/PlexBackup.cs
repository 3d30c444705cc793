using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>
/// One backup as a user asks for it: the mirror; then a snapshot, where one is asked for or due; then the removal of what
/// the retention rules no longer keep. Each is a run with its row in the history.
/// </summary>
public sealed class PlexBackup(TimeProvider time)
{
    /// <summary>Backs up.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="snapshot">What the user asks for about a snapshot.</param>
    /// <param name="progress">Told how far it is, on threads of the backup's own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>
    /// The runs in their order; that of the mirror is always there. Snapshots are removed only after a mirror and a
    /// snapshot that ended without so much as a warning, and a run of that kind is there only where one had to go.
    /// </returns>
    /// <exception cref="RePlexOnException">The runs could not even be recorded: the history cannot be written.</exception>
    public async Task<IReadOnlyList<BackupRun>> RunAsync(
        MirrorOptions options, SnapshotWish snapshot, IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        IReadOnlyList<BackupRun> runs = await new SnapshotBackup(time).RunAsync(options, snapshot, connection, progress, cancellationToken);
        bool isGood = runs is [{ Status: RunStatus.Succeeded }, { Status: RunStatus.Succeeded }];
        return isGood && await PruneAsync(options, connection, progress, cancellationToken) is { } prune ? [.. runs, prune] : runs;
    }

    /// <summary>Finds out what a backup would do, and changes nothing, here or on the target.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="snapshot">What the user asks for about a snapshot.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">A backup could not be made.</exception>
    public async Task<BackupPlan> PlanAsync(
        MirrorOptions options, SnapshotWish snapshot, IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        PreparedMirror prepared = await new MirrorPreparation(time).PrepareAsync(options, connection, progress, cancellationToken);
        BackupPlan plan = await new MirrorPlanner(prepared).PlanAsync(cancellationToken);
        SnapshotDecision decision = await new SnapshotRule(time)
            .DecideAsync(snapshot, prepared.Configuration.Snapshots.On, prepared.Rsync, cancellationToken);
        string what = decision.IsMade ? "A snapshot would be made." : "No snapshot would be made.";
        return plan with { Snapshot = $"{what} {decision.Reason}".TrimEnd() };
    }

    private async Task<BackupRun?> PruneAsync(
        MirrorOptions options, SshConnection connection, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var pruning = new SnapshotPruning(time);
        var what = new SnapshotPruningOptions
        {
            ConfigurationPath = options.ConfigurationPath, Overrides = options.Overrides, Trigger = options.Trigger,
        };
        try
        {
            if ((await pruning.PlanAsync(what, connection, cancellationToken)).All(one => one.IsKept)) return null;
        }
        catch (Exception trouble) when (trouble is RePlexOnException or OperationCanceledException)
        {
            // The run meets the same trouble, and records it.
        }

        return await pruning.RunAsync(what, connection, progress, cancellationToken);
    }
}
