namespace RePlexOn.Setup;

/// <summary>What the first RePlexOn was set to on this machine, as far as it is of use here.</summary>
/// <param name="Source">The Plex data directory; null where it is not told.</param>
/// <param name="Target">Where its backups went; null where it is not told, or could not be a target.</param>
/// <param name="PasswordFile">The file with the rsync daemon's password; null where there is none.</param>
/// <param name="KeepWeekly">How many weekly snapshots it kept; null where it is not told.</param>
/// <param name="MailTo">Who got its mail where a backup failed; null where it is not told.</param>
/// <param name="ReadFrom">The files that tell it.</param>
public sealed record FirstSystemSettings(
    string? Source, string? Target, string? PasswordFile, int? KeepWeekly, string? MailTo, IReadOnlyList<string> ReadFrom);
