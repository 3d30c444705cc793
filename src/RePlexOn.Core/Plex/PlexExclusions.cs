namespace RePlexOn.Plex;

/// <summary>What every backup leaves out, because Plex makes it again or because it must not reach another server.</summary>
public static class PlexExclusions
{
    /// <summary>Each pattern with its reason.</summary>
    public static IReadOnlyList<PlexExclusion> All { get; } =
    [
        new("/Cache/", "Downloaded or computed again when needed; also holds the private key of the server's certificate."),
        new("/Codecs/", "Downloaded again when needed, for the very version of the server."),
        new("/Crash Reports/", "Of no use after the crash they tell of."),
        new("/Diagnostics/", "Made anew when somebody asks for it."),
        new("/Drivers/", "Downloaded again when needed, for the very hardware of the machine."),
        new("/Logs/", "Change all the time and say nothing that a restore needs."),
        new("/Updates/", "Installers of the server, downloaded again when needed."),
        new("/Plug-in Support/Caches/", "Computed again when needed."),
        new("/Plug-in Support/Databases/dbtmp/", "Scratch space of database maintenance."),
        new("/.LocalAdminToken", "Opens the running server to local programs, and is made anew at every start."),
        new("/plexmediaserver.pid", "Names the running process; stale in any copy."),
    ];

    /// <summary>The patterns alone, in the same order.</summary>
    public static IReadOnlyList<string> Defaults { get; } = [.. All.Select(exclusion => exclusion.Pattern)];
}
