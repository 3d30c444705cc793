using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Reads which snapshots there are. Folders with names of other kinds are not snapshots, and are left alone.</summary>
public sealed class SnapshotCatalog(TimeProvider time)
{
    // Names that may be snapshots; the first system's are days alone.
    private const string Names = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*";

    /// <summary>The snapshots on the configured target, with what the configured retention rules say of each.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The newest first.</returns>
    /// <exception cref="RePlexOnException">
    /// The target does not answer or refuses; <c>TargetWithoutBackups</c>: nothing of RePlexOn is there at all, as on
    /// a share that is not mounted.
    /// </exception>
    public async Task<IReadOnlyList<PlexSnapshot>> ListAsync(
        RePlexOnConfiguration configuration, CancellationToken cancellationToken = default)
    {
        await using var connection = new SshConnection();
        var rsync = new RsyncClient(new ProgramRunner(), ConfiguredPlaces.OpenTarget(configuration), connection);
        IReadOnlyList<PlexSnapshot> snapshots = await ReadAsync(rsync, cancellationToken);
        Dictionary<string, RetentionDecision> decisions =
            Retention.Decide(snapshots, configuration.Retention, time.GetUtcNow()).ToDictionary(one => one.Snapshot);
        return
        [
            .. snapshots.Select(one =>
                decisions[one.Name] is { IsKept: true, Reason: var reason } ? one with { KeptBecause = reason } : one),
        ];
    }

    /// <summary>The snapshots on a target, the newest first, without what rules say of them.</summary>
    internal async Task<IReadOnlyList<PlexSnapshot>> ReadAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        List<SnapshotName> names = await ListNamesAsync(rsync, cancellationToken);
        if (names.Count == 0)
        {
            await EnsureInUseAsync(rsync, cancellationToken);
        }

        return await ReadAsync(rsync, names, cancellationToken);
    }

    /// <summary>Some of the snapshots on a target, the newest first.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="names">Which; they exist.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<IReadOnlyList<PlexSnapshot>> ReadAsync(
        RsyncClient rsync, IReadOnlyList<SnapshotName> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return [];

        using FetchedManifests manifests = await FetchedManifests.FetchAsync(
            rsync, TargetLayout.Snapshots, Names, "SnapshotsUnreadable", "snapshots", cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. names.Select(name => Describe(name, manifests, now) with { Target = rsync.Target.Display })
                .OrderByDescending(one => one.TakenAt).ThenByDescending(one => one.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The names of the snapshots on a target, in no certain order.</summary>
    internal static async Task<List<SnapshotName>> ListNamesAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        var names = new List<SnapshotName>();
        foreach (RemoteEntry entry in await rsync.ListAsync(TargetLayout.Snapshots, cancellationToken))
        {
            if (entry.Kind == RemoteEntryKind.Folder && SnapshotName.TryParse(entry.Name, out SnapshotName? name)) names.Add(name);
        }

        return names;
    }

    private PlexSnapshot Describe(SnapshotName name, FetchedManifests manifests, DateTimeOffset now)
    {
        (SnapshotState state, BackupManifest? manifest) = Read(name, manifests);
        DateTimeOffset takenAt = name.MomentIn(manifest?.StartedAt.Offset, time.LocalTimeZone);
        return new PlexSnapshot
        {
            Name = name.Text,
            TakenAt = takenAt,
            Age = now - takenAt,
            State = state,
            Files = state == SnapshotState.Whole ? manifest?.Files : null,
            Bytes = state == SnapshotState.Whole ? manifest?.Bytes : null,
            PlexVersion = manifest?.PlexVersion,
            MachineIdentifier = manifest?.MachineIdentifier,
            RunId = manifest?.RunId,
            Target = "",
        };
    }

    private static (SnapshotState State, BackupManifest? Manifest) Read(SnapshotName name, FetchedManifests manifests)
    {
        FileInfo file = manifests.FileOf(name.Text);
        if (!file.Exists)
        {
            // A folder for the manifest without one marks what was being made or removed.
            return (name.IsDayOnly && !manifests.HasFolder(name.Text) ? SnapshotState.FirstSystem : SnapshotState.Partial, null);
        }

        if (file.Length > BackupManifest.LargestBytes) return (SnapshotState.Unreadable, null);
        try
        {
            BackupManifest? manifest = BackupManifest.FromJson(File.ReadAllBytes(file.FullName));
            return (manifest switch
            {
                null => SnapshotState.Unreadable,
                // The mirror's, which a copy that was cut short may hold.
                { Complete: false } or { Snapshot: null } => SnapshotState.Partial,
                _ => manifest.Snapshot == name.Text ? SnapshotState.Whole : SnapshotState.Unreadable,
            }, manifest);
        }
        catch (RePlexOnException)
        {
            // A newer version wrote it; that is no reason not to show the others.
            return (SnapshotState.Unreadable, null);
        }
    }

    // A share that is not mounted leaves an empty folder, which must not read as a target without snapshots.
    private static async Task EnsureInUseAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteEntry> entries = await rsync.ListAsync("", cancellationToken);
        if (entries.Any(entry => entry.Name + "/" is TargetLayout.Mirror or TargetLayout.Snapshots)) return;

        throw new RePlexOnException(
            "TargetWithoutBackups", ExitCode.Failed,
            $"There is no backup on {rsync.Target.Display}: neither a mirror nor a snapshot.",
            "See whether the share is mounted and the target is the right one. If it is new, make a first backup.");
    }
}
