namespace RePlexOn.ConfigurationBackups;

/// <summary>A file in a backup of the configuration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Origin">Where it was taken from: a full path, or <c>crontab</c> for lines of the user's crontab.</param>
/// <param name="Path">Where it lies in the backup, with <c>/</c> between the parts.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Mode">Its permissions, as four octal digits: <c>0600</c>.</param>
public sealed record ConfigurationItem(
    ConfigurationItemKind Kind, string Origin, string Path, long Bytes, string Sha256, string Mode);
