namespace RePlexOn.Plex;

/// <summary>Something in the Plex data directory that does not belong in a backup.</summary>
/// <param name="Pattern">An rsync pattern: a leading slash stands for the data directory, one at the end for folders only.</param>
/// <param name="Reason">Why it is left out.</param>
public sealed record PlexExclusion(string Pattern, string Reason);
