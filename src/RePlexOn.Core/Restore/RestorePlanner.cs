using System.Text;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>Finds out by a dry run of rsync and a scan what a restore would do.</summary>
internal sealed class RestorePlanner(PreparedRestore prepared, IProgress<BackupProgress>? progress)
{
    private sealed class Sums
    {
        public long FilesFetched, BytesFetched, FilesAside, BytesAside;
    }

    private readonly Dictionary<string, Sums> _sums = [];

    /// <summary>The plan.</summary>
    public async Task<RestorePlan> PlanAsync(RestoreSource source, CancellationToken cancellationToken)
    {
        using var nowhere = new TemporaryFolder();
        progress?.Report(new(BackupPhase.Preflight, "looking at the backup"));
        await prepared.Rsync.ReceiveAsync(
            prepared.Receive(source, nowhere.Path) with { DryRun = true, OnChange = CountFetched }, progress: null, cancellationToken);
        RestoreDestination destination = prepared.Destination;
        if (destination.InPlace)
        {
            progress?.Report(new(BackupPhase.Scanning, "looking at what is there"));
            CountAside(await Task.Run(() => prepared.ScanLive(cancellationToken), cancellationToken));
        }

        return new(
            source.Display, prepared.Rsync.Target.Display, destination.Path, destination.InPlace, destination.BytesFree(),
            destination.InPlace ? [.. DirectoryUse.Find(destination.Path).Select(user => user.ToString())] : [],
            [
                .. _sums.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new RestorePlanPart(
                    pair.Key, pair.Value.FilesFetched, pair.Value.BytesFetched, pair.Value.FilesAside, pair.Value.BytesAside)),
            ]);
    }

    private void CountFetched(RsyncChange change)
    {
        if (change.Kind != RsyncChangeKind.Sent) return;
        Sums sums = SumsOf(change.Path);
        sums.FilesFetched++;
        sums.BytesFetched += change.Bytes;
    }

    private void CountAside(FileTree live)
    {
        for (int i = 1; i < live.Count; i++)
        {
            string path = Encoding.UTF8.GetString(live[i].Path);
            if (live[i].Kind != FileKind.File || !prepared.Scope.Holds(path)) continue;
            Sums sums = SumsOf(path);
            sums.FilesAside++;
            sums.BytesAside += live[i].Size;
        }
    }

    private Sums SumsOf(string path)
    {
        string part = RestorePart.NameOf(path);
        return _sums.TryGetValue(part, out Sums? sums) ? sums : _sums[part] = new();
    }
}
