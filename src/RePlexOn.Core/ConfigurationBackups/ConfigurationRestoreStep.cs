namespace RePlexOn.ConfigurationBackups;

/// <summary>What a return of the configuration does with one file of the backup.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="Destination">Where it goes; where it came from, if it is left out.</param>
/// <param name="Backup">The day of the backup.</param>
/// <param name="Path">Where it lies in the backup.</param>
public sealed record ConfigurationRestoreStep(
    ConfigurationRestoreAction Action, ConfigurationItemKind Kind, string Destination, string Backup, string Path);
