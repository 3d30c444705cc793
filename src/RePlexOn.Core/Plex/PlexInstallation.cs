namespace RePlexOn.Plex;

/// <summary>A Plex data directory that was found.</summary>
/// <param name="Path">Its absolute path, as this machine sees it.</param>
/// <param name="Kind">How Plex came onto the machine.</param>
/// <param name="RunsAsUser">Who runs the server, or else owns the directory: a name, or a number that has no name here; null when unknown.</param>
/// <param name="Evidence">How it was found, in words.</param>
/// <param name="IsReadable">Whether this user may read the preferences and the library database.</param>
public sealed record PlexInstallation(string Path, PlexInstallationKind Kind, string? RunsAsUser, string Evidence, bool IsReadable);
