using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>How far a backup is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Detail">What exactly, for a person: a file's name, a count.</param>
/// <param name="Done">How much of it is done, in bytes, pages or entries as the phase has it.</param>
/// <param name="Total">How much there is in all; null where that is not known.</param>
/// <param name="BytesPerSecond">Rate of the transfer; null where nothing is sent.</param>
/// <param name="Remaining">Time left; null where it cannot be told.</param>
/// <param name="Files">Files whose content was sent so far; null where none are sent.</param>
public sealed record BackupProgress(
    BackupPhase Phase,
    string Detail,
    long Done = 0,
    long? Total = null,
    double? BytesPerSecond = null,
    TimeSpan? Remaining = null,
    long? Files = null)
{
    /// <summary>The phase with its detail, files and rate, in one line.</summary>
    public string Text =>
        $"{Phase}: {Detail}"
        + (Files is { } files ? $", {files} files" : "")
        + (BytesPerSecond is { } speed and > 0 ? $", {ByteSize.Format((long)speed)}/s" : "");

    /// <summary>Carries how far a transfer is over to who is told how far the run is.</summary>
    /// <param name="told">Who is told; null for nobody.</param>
    /// <param name="phase">What the transfer is part of.</param>
    /// <param name="detail">What exactly, for a person.</param>
    /// <param name="bytes">How much there is to transfer, as far as is known; null where nothing is.</param>
    internal static IProgress<RsyncProgress>? OfTransfer(
        IProgress<BackupProgress>? told, BackupPhase phase, string detail, long? bytes) =>
        told is null ? null : new DirectProgress<RsyncProgress>(step => told.Report(new(
            phase, detail, step.Bytes, bytes is { } known ? Math.Max(known, step.Bytes) : null,
            step.BytesPerSecond, step.Remaining, step.FilesDone)));

    /// <summary>Share done in percent, 0 to 100; null where it cannot be told.</summary>
    public int? Percent => Total is > 0 ? (int)Math.Clamp(100 * Done / Total.Value, 0, 100) : null;
}
