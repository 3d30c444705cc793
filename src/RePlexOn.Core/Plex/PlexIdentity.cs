namespace RePlexOn.Plex;

/// <summary>What a running server tells anybody of itself.</summary>
/// <param name="IsClaimed">Whether it belongs to an account; null where it does not say.</param>
/// <param name="MachineIdentifier">The identifier by which clients and plex.tv know it.</param>
/// <param name="Version">Its version, such as <c>1.43.0.10467-2b1ba6e69</c>.</param>
internal sealed record PlexIdentity(bool? IsClaimed, string MachineIdentifier, string Version);
