using RePlexOn.Backup;
using RePlexOn.Snapshots;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>The backup that is restored.</summary>
/// <param name="Folder">Its folder on the target, such as <c>plex-current/</c>.</param>
/// <param name="Display">What people call it.</param>
/// <param name="Manifest">What it says of itself; null where nothing does.</param>
/// <param name="Doubt">Why it may not be whole; null where it is, as far as it says.</param>
internal sealed record RestoreSource(string Folder, string Display, BackupManifest? Manifest, string? Doubt)
{
    /// <summary>Looks for a backup on a target.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="name">A snapshot's name, or <see cref="RestoreOptions.Mirror"/>.</param>
    /// <param name="time">Tells the zone of snapshots' names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>TargetWithoutBackups</c>, <c>SnapshotNotFound</c>, or the target does not answer.</exception>
    public static Task<RestoreSource> FindAsync(RsyncClient rsync, string name, TimeProvider time, CancellationToken cancellationToken) =>
        name == RestoreOptions.Mirror ? OfMirrorAsync(rsync, cancellationToken) : OfSnapshotAsync(rsync, name, time, cancellationToken);

    /// <summary>Refuses a backup that may not be whole.</summary>
    /// <exception cref="RePlexOnException"><c>BackupNotWhole</c>.</exception>
    public void EnsureWhole()
    {
        if (Doubt is null) return;

        throw new RePlexOnException(
            "BackupNotWhole", ExitCode.VerificationFailed, $"{char.ToUpperInvariant(Display[0])}{Display[1..]} may not be whole: {Doubt}.",
            "Choose a whole snapshot (Get-PlexSnapshot, replexon snapshot list). If this is all there is, go on with -Force (--force).");
    }

    private static async Task<RestoreSource> OfMirrorAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        MirrorState mirror = await MirrorState.ReadAsync(rsync, cancellationToken);
        if (mirror.IsEmpty)
        {
            throw new RePlexOnException(
                "TargetWithoutBackups", ExitCode.Failed, $"There is no mirror on {rsync.Target.Display}.",
                "See whether the share is mounted and the target is the right one; snapshots may be there all the same.");
        }

        return new(TargetLayout.Mirror, "the mirror", mirror.Manifest, mirror.Manifest switch
        {
            null => "it has no manifest, as one that the first RePlexOn or plain rsync made",
            { Complete: false } => $"the run of {mirror.Manifest.StartedAt:yyyy-MM-dd HH:mm} that changed it last has not ended well",
            _ => null,
        });
    }

    private static async Task<RestoreSource> OfSnapshotAsync(
        RsyncClient rsync, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlexSnapshot> there = await new SnapshotCatalog(time).ReadAsync(rsync, cancellationToken);
        PlexSnapshot snapshot = there.FirstOrDefault(one => one.Name == name) ?? throw new RePlexOnException(
            "SnapshotNotFound", ExitCode.Usage, $"There is no snapshot {Files.DisplayPath.Of(name)} on {rsync.Target.Display}.",
            "Get-PlexSnapshot (replexon snapshot list) shows the names there are; without a name the mirror is restored.");

        string folder = $"{TargetLayout.Snapshots}{name}/";
        byte[]? stored = snapshot.State != SnapshotState.Whole ? null
            : await BackupManifest.FetchAsync(rsync, folder, cancellationToken);
        return new(folder, $"the snapshot {name}", stored is null ? null : BackupManifest.FromJson(stored), snapshot.State switch
        {
            SnapshotState.Partial => "its making or its removal was cut short",
            SnapshotState.Unreadable => "its manifest says nothing of it",
            _ => null,
        });
    }
}
