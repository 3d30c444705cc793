using System.Text.RegularExpressions;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>Runs rsync against one target. All that the product asks of rsync goes through here.</summary>
/// <param name="runner">Runs the program.</param>
/// <param name="target">The target.</param>
/// <remarks>
/// All methods throw <see cref="RePlexOnException"/> with an id that names the cause (<c>TargetUnreachable</c>,
/// <c>TargetRefused</c>, <c>NoRoom</c> …), and <see cref="OperationCanceledException"/> when they are cancelled.
/// </remarks>
public sealed partial class RsyncClient(ProgramRunner runner, BackupTarget target)
{
    private readonly RsyncProcess _rsync = new(runner, target);

    /// <summary>The target.</summary>
    public BackupTarget Target { get; } = target;

    /// <summary>Sends files to the target.</summary>
    /// <param name="send">What to send where.</param>
    /// <param name="progress">Told a few times a second; its total starts again for the second pass of a deletion.</param>
    /// <param name="cancellationToken">Stops it; what has arrived stays, half files are kept for the next run.</param>
    /// <exception cref="RePlexOnException">It failed; see the remarks of the class. Also <c>SourceMissing</c>.</exception>
    public Task<RsyncResult> SendAsync(RsyncSend send, IProgress<RsyncProgress>? progress, CancellationToken cancellationToken)
    {
        // The target's own folder is not ours to make, and rsync would make it.
        ArgumentException.ThrowIfNullOrWhiteSpace(send.DestinationRelative);
        if (!Directory.Exists(send.SourceFolder))
        {
            throw new RePlexOnException("SourceMissing", ExitCode.Failed,
                $"The folder to back up does not exist: {send.SourceFolder}.", "Is its disk mounted? Else correct the path in the configuration.");
        }

        string[] places = [Folder(Path.GetFullPath(send.SourceFolder)), Folder(Target.Location(send.DestinationRelative))];
        return TransferAsync(send, RsyncArguments.Links(send), places, progress, cancellationToken);
    }

    /// <summary>Fetches files from the target.</summary>
    /// <param name="receive">What to fetch, and where to.</param>
    /// <param name="progress">Told a few times a second.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It failed; see the remarks of the class. Also <c>SourceMissing</c>.</exception>
    public Task<RsyncResult> ReceiveAsync(
        RsyncReceive receive, IProgress<RsyncProgress>? progress, CancellationToken cancellationToken)
    {
        var destination = Folder(Path.GetFullPath(receive.DestinationFolder));
        if (receive.WritePaths is null || Target is not DaemonTarget daemon)
            return TransferAsync(receive, [], [Folder(Target.Location(receive.SourceRelative)), destination], progress, cancellationToken);

        // A daemon of 3.5.0 without chroot reads the list below any folder but the module's own as files that vanished.
        var folder = Target.PathOf(receive.SourceRelative).Trim('/');
        return TransferAsync(receive, [], [daemon.ModuleLocation, destination], progress, cancellationToken, folder);
    }

    /// <summary>Checks that the target answers, lets us in, and has its folder.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It does not; see the remarks of the class.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        Target.CheckLocally();
        await ListAsync("", cancellationToken);
    }

    /// <summary>Reads a small file of the target.</summary>
    /// <param name="relative">Path below the target's folder.</param>
    /// <param name="maxBytes">Largest size to read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its content; null when it, or the folder it is in, does not exist.</returns>
    /// <exception cref="RePlexOnException"><c>TargetFileUnfit</c>: it is larger, or no regular file; and see the remarks of the class.</exception>
    public async Task<byte[]?> ReadFileAsync(string relative, long maxBytes, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.Path, "file");
        var run = await _rsync.RunAsync([$"--max-size={maxBytes}", Target.Location(relative), copy], null, null, cancellationToken);
        if (await IsMissingAsync(run, relative, cancellationToken)) return null;
        if (run.ExitCode != 0) throw RsyncOutcome.Failure(run, Target);
        if (File.Exists(copy)) return await File.ReadAllBytesAsync(copy, cancellationToken);
        throw new RePlexOnException("TargetFileUnfit", ExitCode.Failed,
            $"{Target.Location(relative)} is not a regular file of at most {maxBytes} bytes.",
            "It was not written by RePlexOn. Look at it, and move it away.");
    }

    /// <summary>Lists a folder of the target, without what is in its own folders.</summary>
    /// <param name="relative">Path below the target's folder; empty for that itself.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its entries; none when it does not exist, though the target's own folder does.</returns>
    /// <exception cref="RePlexOnException">It failed; see the remarks of the class.</exception>
    public async Task<IReadOnlyList<RemoteEntry>> ListAsync(string relative, CancellationToken cancellationToken)
    {
        var entries = new List<RemoteEntry>();
        var run = await _rsync.RunAsync(["--list-only", "--dirs", "--no-h", Folder(Target.Location(relative))], line =>
        {
            if (RsyncListing.Read(line) is { } entry) entries.Add(entry);
        }, null, cancellationToken);

        if (await IsMissingAsync(run, relative, cancellationToken)) return [];
        return run.ExitCode == 0 ? entries : throw RsyncOutcome.Failure(run, Target);
    }

    /// <summary>Makes a folder on the target, with its parents up to, not including, the target's own folder.</summary>
    /// <param name="relative">Path below the target's folder. Folders that exist stay as they are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It failed; see the remarks of the class.</exception>
    public async Task EnsureFolderAsync(string relative, CancellationToken cancellationToken)
    {
        using var empty = new TemporaryFolder();
        var path = "";
        // rsync makes the last folder of a path only; --mkpath is younger than the rsync of many a NAS.
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path += part + "/";
            await RunOrThrowAsync(["--dirs", Folder(empty.Path), Target.Location(path)], cancellationToken);
        }
    }

    /// <summary>Removes a folder or file of the target with all that is in it. It is no error when it does not exist.</summary>
    /// <param name="relative">Path below the target's folder; the folder it is in must exist.</param>
    /// <param name="cancellationToken">Stops it halfway: a file that says that the folder is whole must be removed before, by a call of its own.</param>
    /// <exception cref="RePlexOnException">It failed; see the remarks of the class.</exception>
    public async Task RemoveAsync(string relative, CancellationToken cancellationToken)
    {
        var slash = relative.TrimEnd('/').LastIndexOf('/');
        if (slash <= 0) throw new ArgumentException("A folder right below the target's own is never removed.", nameof(relative));
        var parent = relative[..(slash + 1)];
        var name = Wildcard().Replace(relative[(slash + 1)..].TrimEnd('/'), @"\$0");

        using var empty = new TemporaryFolder();
        await RunOrThrowAsync(
            ["--recursive", "--delete", $"--include=/{name}", $"--include=/{name}/***", "--exclude=*", Folder(empty.Path), Target.Location(parent)],
            cancellationToken);
    }

    /// <summary>The version of the local rsync, such as <c>3.2.7</c>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>, or <c>RsyncTooOld</c>: it is older than 3.1.</exception>
    public Task<string> VersionAsync(CancellationToken cancellationToken) => _rsync.VersionAsync(cancellationToken);

    private async Task<RsyncResult> TransferAsync(
        RsyncTransfer transfer, IEnumerable<string> links, string[] places, IProgress<RsyncProgress>? progress,
        CancellationToken cancellationToken, string listFolder = "")
    {
        var result = await PassAsync(
            [.. RsyncArguments.Transfer(transfer), .. links, .. places], transfer, PathWriter(transfer, listFolder), progress, cancellationToken);
        if (!transfer.Delete || transfer.DryRun || transfer.WritePaths is not null) return result;
        if (result.Incomplete)
            return result with { Warnings = [.. result.Warnings, "Nothing was deleted at the destination, since not everything arrived."] };

        var deletion = await PassAsync([.. RsyncArguments.DeleteOnly(transfer), .. places], transfer, null, progress, cancellationToken);
        return new RsyncResult(
            deletion.ExitCode == 0 ? result.ExitCode : deletion.ExitCode,
            result.Statistics with
            {
                EntriesDeleted = result.Statistics.EntriesDeleted + deletion.Statistics.EntriesDeleted,
                WireSent = result.Statistics.WireSent + deletion.Statistics.WireSent,
                WireReceived = result.Statistics.WireReceived + deletion.Statistics.WireReceived,
            },
            [.. result.Warnings, .. deletion.Warnings],
            result.SomeVanished || deletion.SomeVanished,
            deletion.Incomplete);
    }

    private async Task<RsyncResult> PassAsync(
        List<string> arguments, RsyncTransfer transfer, Func<Stream, CancellationToken, Task>? writeInput,
        IProgress<RsyncProgress>? progress, CancellationToken cancellationToken)
    {
        bool tellsSums = await _rsync.TellsSumKindAsync(cancellationToken);
        var output = new RsyncOutput(transfer.OnChange, progress, tellsSums ? null : FileSumKind.Md5);
        string[] sums = tellsSums ? ["--debug=nstr"] : [];
        Task<RsyncRun> running = _rsync.RunAsync(
            [.. sums, .. output.Arguments, .. transfer.Log?.Arguments ?? [], .. arguments], output.Add, writeInput, cancellationToken, transfer.Sums);
        if (transfer.Log is { } log) await Task.WhenAll(running, log.FollowAsync(running, () => output.SumKind));
        RsyncRun run = await running;
        RsyncOutcome.ThrowIfFailed(run, Target);
        return new RsyncResult(run.ExitCode, output.Statistics, [.. run.Errors.Warnings, .. output.Complaints],
            run.ExitCode == RsyncOutcome.Vanished, run.ExitCode == RsyncOutcome.Partial);
    }

    private static Func<Stream, CancellationToken, Task>? PathWriter(RsyncTransfer transfer, string listFolder)
    {
        if (transfer.WritePaths is not { } write) return null;
        return async (stream, cancellationToken) =>
        {
            await using var buffered = new BufferedStream(stream, 64 * 1024);
            write(new RsyncPathWriter(buffered, listFolder));
            await buffered.FlushAsync(cancellationToken);
        };
    }

    private async Task RunOrThrowAsync(List<string> arguments, CancellationToken cancellationToken)
    {
        var run = await _rsync.RunAsync(arguments, null, null, cancellationToken);
        if (run.ExitCode != 0) throw RsyncOutcome.Failure(run, Target);
    }

    /// <summary>Whether something that was to be read is not there, while the target's own folder is.</summary>
    private async Task<bool> IsMissingAsync(RsyncRun run, string relative, CancellationToken cancellationToken)
    {
        if (run.ExitCode != RsyncOutcome.Partial || run.Errors.LastWords is not { } words || !NotThere().IsMatch(words)) return false;
        if (relative.Length > 0)
        {
            // An unmounted share must not look like a target without backups.
            await ListAsync("", cancellationToken);
            return true;
        }

        throw new RePlexOnException("TargetFolderMissing", ExitCode.Failed, $"The target's folder does not exist: {Target}. rsync said: {words}",
            "It is never made by itself, so that a typo or an unmounted disk grows no tree. Mount it, or make it once by hand, or correct the path.");
    }

    private static string Folder(string path) => path.EndsWith('/') ? path : path + "/";

    [GeneratedRegex("^rsync: (\\[\\w+\\] )?(link_stat|change_dir) \".*failed: (No such file or directory \\(2\\)|Not a directory \\(20\\))$")]
    private static partial Regex NotThere();

    [GeneratedRegex(@"[\[\]*?\\]")]
    private static partial Regex Wildcard();
}
