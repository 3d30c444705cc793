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
    /// <param name="sendDatabases">Captures the databases and sends them.</param>
    /// <param name="progress">Told how far the files are.</param>
    /// <param name="cancellationToken">Stops them.</param>
    public async Task ExecuteAsync(
        TreeAccount account, Func<CancellationToken, Task> sendDatabases, IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        IProgress<RsyncProgress>? told = sender.Telling(progress, BackupPhase.Mirroring, prepared.Tree.Bytes);
        if (prepared.Configuration.Backup.BandwidthLimitKiB > 0)
        {
            // Each transfer would take the whole of it.
            await sender.SendAsync(Whole, account, told, cancellationToken);
            await sendDatabases(cancellationToken);
            return;
        }

        // Two at once cannot both make it.
        await prepared.Rsync.EnsureFolderAsync(TargetLayout.Mirror, cancellationToken);
        RsyncSend[] files = Files();
        var joint = new JointProgress(files.Length, told);
        await SideBySide.RunAsync(
            [
                .. files.Select<RsyncSend, Func<CancellationToken, Task>>(
                    (send, index) => stop => sender.SendAsync(send, account, joint.Part(index), stop)),
                sendDatabases,
            ],
            cancellationToken);
    }

    // A folder that was made here and there within one second would keep the time of its making.
    private RsyncSend Whole => sender.WholeTree with { ExactTimes = true };

    /// <summary>
    /// One transfer of all files, or two of a half each: one process reads all that rsync sends, and two of them get more out
    /// of two processors, of a NAS that has as many, and of a network that lets them wait.
    /// </summary>
    private RsyncSend[] Files()
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
