namespace RePlexOn.Plex;

/// <summary>How a Plex Media Server came onto the machine.</summary>
public enum PlexInstallationKind
{
    /// <summary>Plex's own deb or rpm package.</summary>
    Package,

    /// <summary>The snap.</summary>
    Snap,

    /// <summary>A container.</summary>
    Docker,

    /// <summary>A package of Synology's DSM 7.</summary>
    Synology,

    /// <summary>Arch Linux's package.</summary>
    Arch,

    /// <summary>Anything else, found by its running process.</summary>
    Manual,
}
