namespace RePlexOn.Security.Audit;

/// <summary>Where the rules come from: Plex's own pages.</summary>
internal static class Guides
{
    public const string Network = "https://support.plex.tv/articles/200430283-network/";
    public const string LocalAuthentication = "https://support.plex.tv/articles/200890058-require-authentication-for-local-network-access/";
    public const string SecureConnections = "https://support.plex.tv/articles/206225077-how-to-use-secure-server-connections/";
    public const string General = "https://support.plex.tv/articles/200289496-general/";
    public const string Library = "https://support.plex.tv/articles/200289526-library/";
    public const string RemoteAccess = "https://support.plex.tv/articles/200289506-remote-access/";
    public const string Relay = "https://support.plex.tv/articles/216766168-accessing-a-server-through-relay/";
    public const string HiddenSettings = "https://support.plex.tv/articles/201105343-advanced-hidden-server-settings/";
    public const string Firewall = "https://support.plex.tv/articles/201543147-what-network-ports-do-i-need-to-allow-through-my-firewall/";
    public const string TwoFactor = "https://support.plex.tv/articles/two-factor-authentication/";
}
