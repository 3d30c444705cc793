using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Removes snapshots that a user names.</summary>
public sealed class SnapshotRemoval(TimeProvider time)
{
    private readonly RecordedSnapshotWork _work = new(time);
    private readonly SnapshotCatalog _catalog = new(time);

    /// <summary>Removes them: all, or none where one of them is not there.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; the run is recorded as Cancelled.</param>
    /// <returns>The run as it ended, well or not: see its status and exit code.</returns>
    /// <exception cref="RePlexOnException">
    /// <c>SnapshotNameInvalid</c>: a name is no snapshot's; or the run could not even be recorded.
    /// </exception>
    public async Task<BackupRun> RunAsync(
        SnapshotRemovalOptions options, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (string name in options.Names)
        {
            if (!SnapshotName.TryParse(name, out _)) throw NotAName(name);
        }

        await using var connection = new SshConnection();
        return await _work.RecordAsync(
            options, connection, (_, rsync, context, token) => RemoveAsync(rsync, options, context, progress, token), cancellationToken);
    }

    private async Task<string> RemoveAsync(
        RsyncClient rsync, SnapshotRemovalOptions options, RunContext context,
        IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlexSnapshot> there = await _catalog.ReadAsync(rsync, cancellationToken);
        string[] names = [.. options.Names.Distinct(StringComparer.Ordinal)];
        string[] missing = [.. names.Except(there.Select(one => one.Name), StringComparer.Ordinal)];
        if (missing.Length > 0) throw NotThere(missing, rsync.Target);
        if (!options.Force) EnsureOneStays(there, names, rsync.Target);

        await new SnapshotRemover(rsync, progress).RemoveAsync(names, context, cancellationToken);
        return $"Snapshots removed: {names.Length} ({string.Join(", ", names)}). {there.Count - names.Length} are left.";
    }

    private static void EnsureOneStays(IReadOnlyList<PlexSnapshot> there, string[] names, BackupTarget target)
    {
        PlexSnapshot[] whole = [.. there.Where(one => one.IsWhole)];
        if (whole.Length == 0 || whole.Any(one => !names.Contains(one.Name, StringComparer.Ordinal))) return;

        throw new RePlexOnException(
            "LastWholeSnapshot", ExitCode.Failed,
            $"With that no whole snapshot would be left on {target.Display}. Nothing was removed.",
            $"Leave out the newest, {whole[0].Name}. If all are to go, say -Force (replexon snapshot remove --force).");
    }

    private static RePlexOnException NotAName(string name) => new(
        "SnapshotNameInvalid", ExitCode.Usage,
        $"{new string([.. name.Select(c => char.IsControl(c) ? '\uFFFD' : c)])} is no name of a snapshot; those look like 2026-11-30_031500.",
        "Get-PlexSnapshot (replexon snapshot list) shows the names there are.");

    private static RePlexOnException NotThere(string[] names, BackupTarget target) => new(
        "SnapshotNotFound", ExitCode.Usage,
        $"Not on {target.Display}: {string.Join(", ", names)}. Nothing was removed.",
        "Get-PlexSnapshot (replexon snapshot list) shows the names there are.");
}
