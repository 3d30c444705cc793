using RePlexOn.Files;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>
/// Fills a mirror in which nothing is yet. There is nothing to mark as unfinished then, and nothing to compare or delete, so
/// files and databases need not wait for each other, nor one half of the files for the other.
/// </summary>
/// <param name="prepared">The mirror.</param>
/// <param name="sender">Sends to it.</param>
internal sealed class MirrorFill(PreparedMirror prepared, MirrorSender sender)
{
    // Listed first, each entry takes memory on both sides for as long as the transfer lasts, and a NAS has little.
    private const int MostListedFirst = 1_000_000;

    /// <summary>Sends all that belongs into the mirror but its manifest.</summary>
    /// <param name="account">Who keeps account of the files.</param>
    /// <param name="captureDatabases">Captures the databases, anew each time.</param>
    /// <param name="sendDatabases">Sends what was captured.</param>
    /// <param name="progress">Told how far the files are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ExecuteAsync(
        TreeAccount account, Func<CancellationToken, Task> captureDatabases, Func<CancellationToken, Task> sendDatabases,
        IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        IProgress<RsyncProgress>? told = sender.Progress(progress, BackupPhase.Mirroring, prepared.Tree.Bytes);
        if (prepared.Configuration.Backup.BandwidthLimitKiB > 0)
        {
            // Two transfers at once would each take the whole of it.
            await SideBySide.RunAsync(
                [stop => sender.SendAsync(Whole, account, told, stop), captureDatabases], cancellationToken);
            await sendDatabases(cancellationToken);
            return;
        }

        // Two at once cannot both make it.
        await prepared.Rsync.EnsureFolderAsync(TargetLayout.Mirror, cancellationToken);
        RsyncSend[] transfers = Transfers();
        var joint = new JointProgress(transfers.Length, told);
        await SideBySide.RunAsync(
            [
                .. Enumerable.Range(0, transfers.Length).Select<int, Func<CancellationToken, Task>>(index => async stop =>
                {
                    await sender.SendAsync(transfers[index], account, joint.Part(index), stop);
                    joint.End(index);
                }),
                async stop =>
                {
                    await captureDatabases(stop);
                    await sendDatabases(stop);
                },
            ],
            cancellationToken);
    }

    // A folder that was made here and there within one second would keep the time of its making.
    private RsyncSend Whole => sender.WholeTree with { ExactTimes = true };

    /// <summary>
    /// One transfer of all files, or two of a half each: they share the work among two processors, where one process would
    /// read and send it all.
    /// </summary>
    private RsyncSend[] Transfers()
    {
        // The names of one file could fall into both.
        if (prepared.Tree.HasHardLinks || TreeHalf.Of(prepared.Tree) is not { } half) return [Whole];

        RsyncSend part = Whole with { ListFirst = prepared.Tree.Count <= MostListedFirst };
        return
        [
            part with { FilterArguments = [.. half.RestRules, .. part.FilterArguments] },
            part with { FilterArguments = [.. half.Rules, .. part.FilterArguments] },
        ];
    }
}
