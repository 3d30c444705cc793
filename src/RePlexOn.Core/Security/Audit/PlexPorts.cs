namespace RePlexOn.Security.Audit;

/// <summary>The ports that Plex's own firewall guide names.</summary>
internal static class PlexPorts
{
    /// <summary>Where clients come in.</summary>
    public const int Main = 32400;

    /// <summary>Between the server and its own helpers; nobody else has business there.</summary>
    public static IReadOnlyList<(string Protocol, int Port)> Internal { get; } = [("tcp", 32401), ("tcp", 32600)];

    /// <summary>What DLNA offers to everybody in the network.</summary>
    public static IReadOnlyList<(string Protocol, int Port)> Dlna { get; } = [("tcp", 32469), ("udp", 1900)];
}
