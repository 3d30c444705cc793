namespace RePlexOn.Targets;

/// <summary>How far a transfer is.</summary>
/// <param name="Bytes">Bytes of file content dealt with so far.</param>
/// <param name="Percent">Of the bytes known so far; can end at 99, and falls while <paramref name="StillScanning"/>.</param>
/// <param name="BytesPerSecond">Speed.</param>
/// <param name="Remaining">How long it may still take; null where rsync does not say.</param>
/// <param name="FilesDone">Files whose content was transferred.</param>
/// <param name="EntriesLeft">Entries that are still to be looked at.</param>
/// <param name="EntriesTotal">Entries known so far.</param>
/// <param name="StillScanning">More entries may yet be found.</param>
public sealed record RsyncProgress(
    long Bytes, int Percent, double BytesPerSecond, TimeSpan? Remaining,
    long FilesDone, long EntriesLeft, long EntriesTotal, bool StillScanning);
