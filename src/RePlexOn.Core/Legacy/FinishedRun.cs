using System.Globalization;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>Turns what a log says of a run into a row of the history.</summary>
internal static class FinishedRun
{
    /// <summary>What stands as the version of RePlexOn in rows of the first system.</summary>
    public const string ToolVersion = "first RePlexOn";

    /// <summary>The error id of runs that failed.</summary>
    public const string FailureId = "ImportedFailure";

    // The system is asked once, not for each of thousands of rows.
    private static readonly string Host = Environment.MachineName;

    /// <summary>A run that ended in a marker with a date.</summary>
    public static BackupRun Ended(OpenRun run, DateTimeOffset? endedAt, int code)
    {
        DateTimeOffset start = run.StartedAt!.Value, end = endedAt ?? start;
        bool vanished = code == RsyncCode.Vanished && run.Kind == RunKind.Mirror;
        bool isGood = code == 0 || vanished;
        string message = run.Message ?? (isGood ? Done(run) : Failure(run, code));
        return Row(run, end) with
        {
            Status = vanished ? RunStatus.Warning : isGood ? RunStatus.Succeeded
                : code == RsyncCode.Stopped ? RunStatus.Cancelled : RunStatus.Failed,
            Duration = end > start ? end - start : TimeSpan.Zero,
            ExitCode = code == 0 ? ExitCode.Succeeded : RsyncCode.ToExitCode(code),
            Message = end < start ? message + " The clock was set back while it ran, so nobody knows how long it took." : message,
            ErrorId = isGood ? null : FailureId,
            Warnings = vanished
                ? ["Files vanished while it ran, which the first RePlexOn took for a failure; all others were copied."] : [],
        };
    }

    /// <summary>A weekly snapshot; the log does not say how long it took.</summary>
    public static BackupRun SnapshotMade(OpenRun run, string name) => Row(run, run.StartedAt!.Value) with
    {
        Status = RunStatus.Succeeded,
        ExitCode = ExitCode.Succeeded,
        Message = run.Message ?? $"The first RePlexOn made the snapshot {name}.",
    };

    /// <summary>A clean-up that found too few snapshots to remove any.</summary>
    public static BackupRun NothingCleaned(OpenRun run, int found)
    {
        BackupRun row = Row(run, run.StartedAt!.Value);
        string message = string.Create(CultureInfo.InvariantCulture, $"The first RePlexOn found {found} snapshots, and removed none.");
        if (found > 0) return row with { Status = RunStatus.Succeeded, ExitCode = ExitCode.Succeeded, Message = run.Message ?? message };

        return run.Trouble is { } trouble
            ? row with
            {
                Status = RunStatus.Failed, ExitCode = ExitCode.TargetUnreachable, ErrorId = FailureId,
                Message = $"The clean-up did not reach the NAS: {trouble}",
            }
            : row with
            {
                Status = RunStatus.Warning, ExitCode = ExitCode.Incomplete, Message = message,
                Warnings = ["The first RePlexOn says so too where the NAS does not answer."],
            };
    }

    /// <summary>A clean-up that removed snapshots.</summary>
    public static BackupRun Cleaned(OpenRun run, int? claimed)
    {
        // It counts what it meant to remove: over ssh it began with one and stopped, and still said three.
        bool isShort = !run.IsOwn && claimed > run.FilesDeleted;
        return Row(run, run.StartedAt!.Value) with
        {
            Status = isShort ? RunStatus.Warning : RunStatus.Succeeded,
            ExitCode = isShort ? ExitCode.Incomplete : ExitCode.Succeeded,
            Message = run.Message ?? string.Create(
                CultureInfo.InvariantCulture, $"The first RePlexOn removed snapshots: {run.FilesDeleted}."),
            Warnings = isShort
                ? [string.Create(CultureInfo.InvariantCulture, $"It says that it removed {claimed}, and began with only {run.FilesDeleted} of them.")]
                : [],
        };
    }

    /// <summary>A run whose end is nowhere.</summary>
    public static BackupRun Interrupted(OpenRun run) => Row(run, run.StartedAt!.Value) with
    {
        Status = RunStatus.Interrupted,
        ExitCode = ExitCode.Failed,
        ErrorId = "Interrupted",
        Message = "Ended without a word: it was killed or crashed, or the machine went down.",
    };

    /// <summary>A run of which the first system noted the day and nothing else.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="day">The beginning of that day.</param>
    /// <param name="isGood">How it ended.</param>
    public static BackupRun OfDay(string id, DateTimeOffset day, bool isGood) => new()
    {
        Id = id,
        Kind = RunKind.Mirror,
        Trigger = RunTrigger.Imported,
        Status = isGood ? RunStatus.Succeeded : RunStatus.Failed,
        StartedAt = day,
        EndedAt = day,
        ExitCode = isGood ? ExitCode.Succeeded : ExitCode.Failed,
        ErrorId = isGood ? null : FailureId,
        Message = $"{(isGood ? "Succeeded" : "Failed")} at some time of this day; the first RePlexOn noted no more.",
        Host = Host,
        ToolVersion = ToolVersion,
    };

    private static BackupRun Row(OpenRun run, DateTimeOffset endedAt) => new()
    {
        Id = run.Id,
        Kind = run.Kind,
        Trigger = RunTrigger.Imported,
        Status = RunStatus.Succeeded,
        StartedAt = run.StartedAt!.Value,
        EndedAt = endedAt,
        BytesSent = run.BytesSent,
        BytesTotal = run.BytesTotal,
        FilesTotal = run.FilesTotal,
        FilesSent = run.FilesSent,
        FilesDeleted = run.FilesDeleted,
        Host = Host,
        ToolVersion = run.IsOwn ? RunningTool.Version : ToolVersion,
    };

    private static string Done(OpenRun run) => run.Kind == RunKind.ConfigBackup
        ? "The first RePlexOn backed up its scripts."
        : run.BytesTotal == 0 ? "The first RePlexOn brought the mirror up to date."
        : $"The first RePlexOn brought the mirror up to date: {ByteSize.Format(run.BytesTotal)}, of which {ByteSize.Format(run.BytesSent)} were sent.";

    private static string Failure(OpenRun run, int code) =>
        $"Failed with {RsyncCode.Describe(code)}.{(run.Trouble is { } trouble ? $" {trouble}" : "")}";
}
