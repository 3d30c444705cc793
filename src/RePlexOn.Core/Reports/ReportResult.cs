using RePlexOn.Backup;

namespace RePlexOn.Reports;

/// <summary>A report that was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MadeAt">The moment that it tells of.</param>
/// <param name="From">The first day that it covers.</param>
/// <param name="Health">How the backup stands.</param>
/// <param name="Runs">How many runs there were in its days.</param>
/// <param name="Snapshots">How many snapshots it lists; null where the target did not tell, or was not asked.</param>
/// <param name="Trouble">Why the target did not tell; null where it did, or was not asked.</param>
public sealed record ReportResult(
    string Path, long Bytes, DateTimeOffset MadeAt, DateOnly From, BackupHealth Health, int Runs, int? Snapshots, string? Trouble);
