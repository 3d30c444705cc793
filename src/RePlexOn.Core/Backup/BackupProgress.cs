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

    /// <summary>Share done in percent, 0 to 100; null where it cannot be told.</summary>
    public int? Percent => Total is > 0 ? (int)Math.Clamp(100 * Done / Total.Value, 0, 100) : null;
}
