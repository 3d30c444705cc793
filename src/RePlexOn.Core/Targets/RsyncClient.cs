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
    private static readonly Version Oldest = new(3, 1);
    private static readonly Version ProtectsArguments = new(3, 2, 4);

    private string? _version;

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
        return TransferAsync(send, RsyncArguments.Links(send, Target), places, progress, cancellationToken);
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
        var errors = new RsyncErrorLog();
        var exitCode = await RunAsync([$"--max-size={maxBytes}", Target.Location(relative), copy], null, null, errors, cancellationToken);
        if (await IsMissingAsync(exitCode, errors, relative, cancellationToken)) return null;
        if (exitCode != 0) throw RsyncOutcome.Failure(exitCode, errors, Target);
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
        var errors = new RsyncErrorLog();
        var exitCode = await RunAsync(["--list-only", "--dirs", "--no-h", Folder(Target.Location(relative))], line =>
        {
            if (RsyncListing.Read(line) is { } entry) entries.Add(entry);
        }, null, errors, cancellationToken);

        if (await IsMissingAsync(exitCode, errors, relative, cancellationToken)) return [];
        return exitCode == 0 ? entries : throw RsyncOutcome.Failure(exitCode, errors, Target);
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
    public Task RemoveAsync(string relative, CancellationToken cancellationToken)
    {
        var path = relative.TrimEnd('/');
        var slash = path.LastIndexOf('/');
        var (parent, name) = slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
        ArgumentException.ThrowIfNullOrWhiteSpace(parent, nameof(relative));
        ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(relative));
        return RemoveChildAsync(parent, Wildcard().Replace(name, @"\$0"), cancellationToken);
    }

    /// <summary>The version of the local rsync, such as <c>3.2.7</c>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>, or <c>RsyncTooOld</c>: it is older than 3.1.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (_version is not null) return _version;
        string? first = null;
        await runner.RunAsync(new ProgramCall { Program = "rsync", Arguments = ["--version"], Environment = Environment() },
            line => first ??= line, null, cancellationToken);
        var version = VersionNumber().Match(first ?? "").Groups[1].Value;
        if (!Version.TryParse(version, out var number) || number < Oldest)
        {
            throw new RePlexOnException("RsyncTooOld", ExitCode.Failed,
                $"The rsync of this machine is too old or unknown: {first ?? "it does not tell its version"}.", "Install rsync 3.1 or newer.");
        }

        return _version = version;
    }

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
        var output = new RsyncOutput(transfer.OnChange, progress);
        var errors = new RsyncErrorLog();
        var exitCode = await RunAsync(arguments, output.Add, writeInput, errors, cancellationToken);
        RsyncOutcome.ThrowIfFailed(exitCode, errors, Target);
        return new RsyncResult(exitCode, output.Statistics, [.. errors.Warnings, .. output.Complaints],
            exitCode == RsyncOutcome.Vanished, exitCode == RsyncOutcome.Partial);
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

    private async Task RemoveChildAsync(string parent, string pattern, CancellationToken cancellationToken)
    {
        using var empty = new TemporaryFolder();
        await RunOrThrowAsync(
            ["--recursive", "--delete", $"--include=/{pattern}", $"--include=/{pattern}/***", "--exclude=*", Folder(empty.Path), Folder(Target.Location(parent))],
            cancellationToken);
    }

    private async Task RunOrThrowAsync(List<string> arguments, CancellationToken cancellationToken)
    {
        var errors = new RsyncErrorLog();
        var exitCode = await RunAsync(arguments, null, null, errors, cancellationToken);
        if (exitCode != 0) throw RsyncOutcome.Failure(exitCode, errors, Target);
    }

    private async Task<int> RunAsync(
        List<string> arguments, Action<string>? onOutput, Func<Stream, CancellationToken, Task>? writeInput, RsyncErrorLog errors, CancellationToken cancellationToken)
    {
        Target.CheckLocally();
        var old = Version.Parse(await VersionAsync(cancellationToken)) < ProtectsArguments;
        var call = new ProgramCall
        {
            Program = "rsync",
            Arguments = [.. RsyncArguments.Connection(Target, Target.BandwidthLimitKiB, old), .. arguments],
            Environment = Environment(),
            WriteInput = writeInput,
        };
        return (await runner.RunAsync(call, onOutput, errors.Add, cancellationToken)).ExitCode;
    }

    /// <summary>Whether something that was to be read is not there, while the target's own folder is.</summary>
    private async Task<bool> IsMissingAsync(int exitCode, RsyncErrorLog errors, string relative, CancellationToken cancellationToken)
    {
        if (exitCode != RsyncOutcome.Partial || errors.LastWords is not { } words || !NotThere().IsMatch(words)) return false;
        if (relative.Length > 0)
        {
            // An unmounted share must not look like a target without backups.
            await ListAsync("", cancellationToken);
            return true;
        }

        throw new RePlexOnException("TargetFolderMissing", ExitCode.Failed, $"The target's folder does not exist: {Target}. rsync said: {words}",
            "It is never made by itself, so that a typo or an unmounted disk grows no tree. Mount it, or make it once by hand, or correct the path.");
    }

    /// <summary>English messages, times in UTC, and none of the user's settings that change how rsync reads its arguments.</summary>
    private Dictionary<string, string> Environment() => new(Target.ConnectionEnvironment)
    {
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC0",
        ["RSYNC_OLD_ARGS"] = "0",
    };

    private static string Folder(string path) => path.EndsWith('/') ? path : path + "/";

    [GeneratedRegex("^rsync: (\\[\\w+\\] )?(link_stat|change_dir) \".*failed: (No such file or directory \\(2\\)|Not a directory \\(20\\))$")]
    private static partial Regex NotThere();

    [GeneratedRegex(@"version (\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"[\[\]*?\\]")]
    private static partial Regex Wildcard();
}
