using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Removes the snapshots that no retention rule keeps.</summary>
public sealed class SnapshotPruning(TimeProvider time)
{
    private readonly RecordedSnapshotWork _work = new(time);
    private readonly SnapshotCatalog _catalog = new(time);

    /// <summary>Finds out what would stay and what would go, and changes nothing.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A decision for each snapshot, the newest first.</returns>
    /// <exception cref="RePlexOnException">The target cannot be read; see <see cref="SnapshotCatalog.ListAsync"/>.</exception>
    public async Task<IReadOnlyList<RetentionDecision>> PlanAsync(
        SnapshotPruningOptions options, CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        return await PlanAsync(options, connection, cancellationToken);
    }

    /// <summary>The same over a connection that others share.</summary>
    internal async Task<IReadOnlyList<RetentionDecision>> PlanAsync(
        SnapshotPruningOptions options, SshConnection connection, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration configuration = _work.Load(options);
        var rsync = new RsyncClient(new ProgramRunner(), ConfiguredPlaces.OpenTarget(configuration), connection);
        return await DecideAsync(rsync, options.Rules.ApplyTo(configuration.Retention), cancellationToken);
    }

    /// <summary>Removes them.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; the run is recorded as Cancelled.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public async Task<BackupRun> RunAsync(
        SnapshotPruningOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        return await RunAsync(options, connection, progress, cancellationToken);
    }

    /// <summary>The same over a connection that others share.</summary>
    internal Task<BackupRun> RunAsync(
        SnapshotPruningOptions options, SshConnection connection, IProgress<BackupProgress>? progress, CancellationToken cancellationToken) =>
        _work.RecordAsync(
            options, connection,
            (configuration, rsync, context, token) => ApplyAsync(
                rsync, options.Rules.ApplyTo(configuration.Retention), options.Only, context, progress, token),
            cancellationToken);

    // The run holds the lock: so no partial snapshot is just being made by another.
    private async Task<string> ApplyAsync(
        RsyncClient rsync, RetentionRules rules, IReadOnlyCollection<string>? only,
        RunContext context, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<RetentionDecision> decisions = await DecideAsync(rsync, rules, cancellationToken);

        // The oldest first: cut short, that leaves what matters most.
        string[] names =
        [
            .. decisions.Where(one => !one.IsKept && only?.Contains(one.Snapshot) is not false)
                .Select(one => one.Snapshot).Reverse(),
        ];
        await new SnapshotRemover(rsync, progress).RemoveAsync(names, context, cancellationToken);
        int left = decisions.Count - names.Length;
        return names.Length == 0
            ? $"No snapshot had to go; {left} are kept."
            : $"Snapshots removed: {names.Length} ({string.Join(", ", names)}). {left} are kept.";
    }

    private async Task<IReadOnlyList<RetentionDecision>> DecideAsync(
        RsyncClient rsync, RetentionRules rules, CancellationToken cancellationToken) =>
        Retention.Decide(await _catalog.ReadAsync(rsync, cancellationToken), rules, time.GetUtcNow());
}
