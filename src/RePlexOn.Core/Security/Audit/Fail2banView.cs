namespace RePlexOn.Security.Audit;

/// <summary>What fail2ban's files say of Plex.</summary>
/// <param name="IsInstalled">Whether it is on this machine.</param>
/// <param name="IsRunning">Whether its server runs.</param>
/// <param name="Jails">The jails that are on and concern Plex.</param>
internal sealed record Fail2banView(bool IsInstalled, bool IsRunning, IReadOnlyList<Fail2banJail> Jails);

/// <summary>A jail that is on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LogPath">The logs that it reads, as they are written, several with spaces or line breaks between.</param>
/// <param name="LogsFound">How many files these lead to.</param>
internal sealed record Fail2banJail(string Name, string LogPath, int LogsFound);
