using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>What the target says of its mirror.</summary>
/// <param name="IsEmpty">Whether nothing is there.</param>
/// <param name="Manifest">Its manifest; null where there is none that can be read.</param>
internal sealed record MirrorState(bool IsEmpty, BackupManifest? Manifest)
{
    /// <summary>Asks the target; the first thing that shows whether it answers.</summary>
    public static async Task<MirrorState> ReadAsync(RsyncClient rsync, CancellationToken cancellationToken)
    {
        string folder = TargetLayout.Mirror.TrimEnd('/');
        if ((await rsync.ListAsync("", cancellationToken)).All(entry => entry.Name != folder)) return new(IsEmpty: true, Manifest: null);

        byte[]? stored = await BackupManifest.FetchAsync(rsync, TargetLayout.Mirror, cancellationToken);
        if (stored is not null)
        {
            return new(IsEmpty: false, BackupManifest.FromJson(stored));
        }

        IReadOnlyList<RemoteEntry> entries = await rsync.ListAsync(TargetLayout.Mirror, cancellationToken);
        return new(entries.Count == 0, Manifest: null);
    }
}
