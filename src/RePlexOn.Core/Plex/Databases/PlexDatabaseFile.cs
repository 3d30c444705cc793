namespace RePlexOn.Plex.Databases;

/// <summary>One database of Plex, as it lies in the data directory.</summary>
/// <param name="FullPath">Where it is; may be a symbolic link to the database.</param>
/// <param name="RelativePath">Path below the Plex data directory, with <c>/</c> between its parts.</param>
/// <param name="Bytes">Size in bytes of the database and of its write-ahead log: what a copy may need at most.</param>
public sealed record PlexDatabaseFile(string FullPath, string RelativePath, long Bytes);
