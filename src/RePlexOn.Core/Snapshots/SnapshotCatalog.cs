using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Reads which snapshots there are. Folders with names of other kinds are not snapshots, and are left alone.</summary>
public sealed class SnapshotCatalog(TimeProvider time)
{
    // A manifest names a few databases; a megabyte is a hundred times what it needs.
    private const long LargestManifest = 1 << 20;

    // Only names that may be snapshots, and of them only the manifests.
    private static readonly string[] Manifests =
    [
        "--include=/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*/",
        $"--include=/*/{BackupManifest.Folder}/",
        $"--include=/*/{BackupManifest.RelativePath}",
        "--exclude=*",
    ];

    // What is fetched is looked at and thrown away; a link in place of a manifest must not lead anywhere.
    private static readonly string[] ContentOnly = ["--no-perms", "--no-owner", "--no-group", "--no-links", "--no-D"];

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
        var rsync = new RsyncClient(new ProgramRunner(), ConfiguredPlaces.OpenTarget(configuration));
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

        using var folder = new TemporaryFolder();
        RsyncResult result = await rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = TargetLayout.Snapshots,
                DestinationFolder = folder.Path,
                FilterArguments = Manifests,
                ExtraArguments = ContentOnly,
            },
            progress: null, cancellationToken);
        if (result.Incomplete)
        {
            // A manifest that could not be fetched would make its snapshot look partial.
            throw new RePlexOnException(
                "SnapshotsUnreadable", ExitCode.Failed,
                $"Not all snapshots on {rsync.Target.Display} could be looked at: {string.Join(" ", result.Warnings)}",
                "See whether the user that RePlexOn works as there may read them all.");
        }

        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. names.Select(name => Describe(name, Path.Combine(folder.Path, name.Text), now) with { Target = rsync.Target.Display })
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

    private PlexSnapshot Describe(SnapshotName name, string fetched, DateTimeOffset now)
    {
        (SnapshotState state, BackupManifest? manifest) = Read(name, fetched);
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

    private static (SnapshotState State, BackupManifest? Manifest) Read(SnapshotName name, string fetched)
    {
        var file = new FileInfo(Path.Combine(fetched, BackupManifest.RelativePath));
        if (!file.Exists)
        {
            // A folder for the manifest without one marks what was being made or removed.
            bool isUnmarked = !Directory.Exists(Path.Combine(fetched, BackupManifest.Folder));
            return (name.IsDayOnly && isUnmarked ? SnapshotState.FirstSystem : SnapshotState.Partial, null);
        }

        if (file.Length > LargestManifest) return (SnapshotState.Unreadable, null);
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
