using System.Text.RegularExpressions;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>How one run of rsync ended.</summary>
/// <param name="ExitCode">rsync's exit code.</param>
/// <param name="Errors">What it said on standard error.</param>
internal sealed record RsyncRun(int ExitCode, RsyncErrorLog Errors);

/// <summary>Starts the local rsync with what it needs to connect to one target.</summary>
/// <param name="runner">Runs it.</param>
/// <param name="target">The target.</param>
/// <param name="connection">The connection to share where it is reached by ssh; null for one for each call.</param>
internal sealed partial class RsyncProcess(ProgramRunner runner, BackupTarget target, SshConnection? connection)
{
    private static readonly Version Oldest = new(3, 1);

    /// <summary>From here on the two sides agree on a kind of sum; before, it is MD5.</summary>
    private static readonly Version AgreesOnSums = new(3, 2);

    /// <summary>From here on rsync protects remote names from the remote shell by itself; earlier ones are asked to.</summary>
    private static readonly Version ProtectsNames = new(3, 2, 4);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private string? _version;
    private BackupTarget? _connected;
    private bool _farSideIsOld;

    /// <inheritdoc cref="RsyncClient.VersionAsync"/>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (_version is not null) return _version;
        string? first = null;
        var call = new ProgramCall { Program = "rsync", Arguments = ["--version"], Environment = Environment(FileSumKind.Xxh128) };
        await runner.RunAsync(call, line => first ??= line, null, cancellationToken);
        var version = VersionNumber().Match(first ?? "").Groups[1].Value;
        if (!Version.TryParse(version, out var number) || number < Oldest)
        {
            throw new RePlexOnException("RsyncTooOld", ExitCode.Failed,
                $"The rsync of this machine is too old or unknown: {first ?? "it does not tell its version"}.", "Install rsync 3.1 or newer.");
        }

        return _version = version;
    }

    /// <summary>Whether rsync can tell which kind of sum it uses; else it is MD5.</summary>
    public async Task<bool> TellsSumKindAsync(CancellationToken cancellationToken) =>
        Version.Parse(await VersionAsync(cancellationToken)) >= AgreesOnSums;

    /// <summary>Runs rsync; again where the daemon has no connection left, until the target's time for that is over.</summary>
    /// <param name="arguments">All but those for the connection.</param>
    /// <param name="onOutput">Gets each line of output.</param>
    /// <param name="writeInput">Writes its input; called for each try.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="sums">The kind of sum to use, if the far side has it.</param>
    public async Task<RsyncRun> RunAsync(
        IReadOnlyList<string> arguments, Action<string>? onOutput, Func<Stream, CancellationToken, Task>? writeInput,
        CancellationToken cancellationToken, FileSumKind sums = FileSumKind.Xxh128)
    {
        target.CheckLocally();
        var version = Version.Parse(await VersionAsync(cancellationToken));
        TimeSpan waited = TimeSpan.Zero;
        while (true)
        {
            BackupTarget connected = await ConnectedAsync(cancellationToken);
            bool farSideIsOld = _farSideIsOld;
            var run = await RunOnceAsync(
                [.. Connection(version, connected, farSideIsOld), .. arguments], onOutput, writeInput, sums, cancellationToken);
            // Seen from what this call was made with: another one at the same time may have learnt it by now.
            bool isMasterToBlame = run.Errors.MasterFailed && connected != target && connection is { HasEnded: false };
            bool isOld = run.Errors.FarSideIsOld && !farSideIsOld;
            if (isMasterToBlame) _connected = target;
            if (isOld) _farSideIsOld = true;
            if (isMasterToBlame || isOld) continue;

            // A daemon counts a connection until it has cleared up after it, which may take a moment longer than we do.
            TimeSpan patience = target.ConnectTimeout - waited;
            bool isBusy = run is { ExitCode: not 0, Errors.Cause.Id: RsyncFailure.Busy };
            if (!isBusy || patience <= TimeSpan.Zero) return run;
            TimeSpan wait = patience < waited + ShortestWait ? patience : waited + ShortestWait;
            await Task.Delay(wait, cancellationToken);
            waited += wait;
        }
    }

    /// <summary>The target as calls reach it: through the shared connection where there is one.</summary>
    public async Task<BackupTarget> ConnectedAsync(CancellationToken cancellationToken) =>
        _connected ??= connection is null ? target : await connection.ShareAsync(target, cancellationToken);

    private async Task<RsyncRun> RunOnceAsync(
        IReadOnlyList<string> arguments, Action<string>? onOutput, Func<Stream, CancellationToken, Task>? writeInput,
        FileSumKind sums, CancellationToken cancellationToken)
    {
        var errors = new RsyncErrorLog();
        var call = new ProgramCall
        {
            Program = "rsync",
            Arguments = arguments,
            Environment = Environment(sums),
            WriteInput = writeInput,
        };
        var result = await runner.RunAsync(call, onOutput, errors.Add, cancellationToken);
        return new RsyncRun(result.ExitCode, errors);
    }

    private IEnumerable<string> Connection(Version version, BackupTarget connected, bool farSideIsOld)
    {
        foreach (var argument in connected.ConnectionArguments) yield return argument;
        if (target.BandwidthLimitKiB > 0) yield return FormattableString.Invariant($"--bwlimit={target.BandwidthLimitKiB}");
        if (target.Kind != TargetKind.Ssh) yield break;
        if (version < ProtectsNames) yield return "--protect-args";

        // From 3.2.3 on the far side writes its errors to ssh's standard error. rsync ends its ssh as soon as the far
        // side gives up, and one time in three they are lost, "No space left on device" with them. In the protocol's
        // own stream they are not. Far sides before 3.2.3 do that anyway, and do not know the option.
        if (!farSideIsOld) yield return "--remote-option=--no-msgs2stderr";
    }

    /// <summary>English messages, times in UTC, and none of the user's settings that change how rsync reads its arguments.</summary>
    private Dictionary<string, string> Environment(FileSumKind sums) => new(target.ConnectionEnvironment)
    {
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC0",
        ["RSYNC_OLD_ARGS"] = "0",
        ["RSYNC_CHECKSUM_LIST"] = FileSumKinds.Offer(sums),
    };

    [GeneratedRegex(@"version (\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex VersionNumber();
}
