using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A place to back up to.</summary>
/// <param name="Url">The target, as a user writes it.</param>
/// <param name="Folder">Where this machine sees the target's folder.</param>
public sealed record Place(string Url, string Folder)
{
    public string? PasswordFile { get; init; }

    public string? IdentityFile { get; init; }

    public string? KnownHostsFile { get; init; }

    /// <summary>Where this machine sees the mirror.</summary>
    public string Mirror => Path.Combine(Folder, "plex-current");

    /// <summary>Full path of something in the mirror.</summary>
    public string InMirror(string relative) => Path.Combine(Mirror, relative);

    /// <summary>The product's view of it.</summary>
    public BackupTarget Open() => BackupTarget.Parse(Url, new TargetOptions
    {
        PasswordFile = PasswordFile, IdentityFile = IdentityFile, KnownHostsFile = KnownHostsFile,
    });
}
