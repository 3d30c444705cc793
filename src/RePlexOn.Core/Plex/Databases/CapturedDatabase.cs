namespace RePlexOn.Plex.Databases;

/// <summary>One database as it lies in a backup.</summary>
/// <param name="Path">Path below the Plex data directory, with <c>/</c> between its parts.</param>
/// <param name="Bytes">Size of the copy in bytes.</param>
/// <param name="Sha256">SHA-256 of the copy, lower-case hexadecimal.</param>
/// <param name="CapturedAt">The moment the copy stands for: every commit that ended before it is in the copy.</param>
/// <param name="TablesChecked">How many tables passed the check.</param>
public sealed record CapturedDatabase(string Path, long Bytes, string Sha256, DateTimeOffset CapturedAt, int TablesChecked);
