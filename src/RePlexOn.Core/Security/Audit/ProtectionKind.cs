namespace RePlexOn.Security.Audit;

/// <summary>What a change is made to.</summary>
public enum ProtectionKind
{
    /// <summary>A setting of the Plex server.</summary>
    Setting,

    /// <summary>The permissions of a file or a folder.</summary>
    FileMode,
}
