namespace RePlexOn.Targets;

/// <summary>How far a transfer is.</summary>
/// <param name="Bytes">Bytes of file content dealt with so far.</param>
/// <param name="BytesPerSecond">Speed.</param>
/// <param name="Remaining">How long it may still take; null where rsync does not say.</param>
/// <param name="FilesDone">Files whose content was transferred.</param>
public sealed record RsyncProgress(long Bytes, double BytesPerSecond, TimeSpan? Remaining, long FilesDone);
