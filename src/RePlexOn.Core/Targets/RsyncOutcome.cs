namespace RePlexOn.Targets;

/// <summary>Turns rsync's exit code and complaints into a result or an error.</summary>
internal static class RsyncOutcome
{
    /// <summary>rsync: some files were not transferred.</summary>
    public const int Partial = 23;

    /// <summary>rsync: files vanished while they were being read.</summary>
    public const int Vanished = 24;

    /// <summary>Returns when the run counts as done: 0, 24, and 23 unless its cause is fatal.</summary>
    /// <exception cref="RePlexOnException">It failed; the error says why, and what to do.</exception>
    public static void ThrowIfFailed(RsyncRun run, BackupTarget target)
    {
        if (run.ExitCode is 0 or Vanished) return;
        if (run.ExitCode == Partial && run.Errors.Cause is not { EvenIfPartial: true }) return;
        throw Failure(run, target);
    }

    /// <summary>The error for a run that failed.</summary>
    public static RePlexOnException Failure(RsyncRun run, BackupTarget target)
    {
        var errors = run.Errors;
        var said = errors.LastWords is null ? "" : $" rsync said: {errors.LastWords}";
        if (errors.Cause is { } cause)
            return new RePlexOnException(cause.Id, cause.ExitCode, cause.Message(target) + said, cause.Advice(target));

        var (id, code, message, advice) = run.ExitCode switch
        {
            10 or 12 or 255 => ("TargetUnreachable", ExitCode.TargetUnreachable, $"The connection to {target} broke.",
                "Run it again: what has arrived is kept, and it goes on from there. If it happens again, look at the log of the rsync daemon or sshd there."),
            30 or 35 => ("TargetUnreachable", ExitCode.TargetUnreachable, $"{target} stopped answering.",
                "Run it again: what has arrived is kept. If its disks are only slow, raise the time-out."),
            127 => ("RsyncMissingOnTarget", ExitCode.Failed, $"rsync is not installed on {target}, or not in the PATH of a login without a terminal.",
                "Install it there (on a NAS: switch on its rsync service)."),
            5 => ("TargetRefused", ExitCode.Refused, $"The rsync daemon refuses {target}.",
                "Look at the daemon's log on that machine; it names the reason."),
            19 or 20 or > 128 => ("RsyncStopped", ExitCode.Failed, $"rsync was ended by a signal while it worked with {target}.",
                "Somebody, or the kernel for want of memory (see dmesg), ended it. Run it again: what has arrived is kept."),
            _ => ("RsyncFailed", ExitCode.Failed, $"rsync failed with code {run.ExitCode} for {target}.",
                "The last line tells the reason; rsync(1) lists the codes under EXIT VALUES."),
        };
        return new RePlexOnException(id, code, message + said, advice);
    }
}
