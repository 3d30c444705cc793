namespace RePlexOn.Targets;

/// <summary>Files to send to the target.</summary>
public sealed record RsyncSend : RsyncTransfer
{
    /// <summary>Full path of the folder whose content is sent.</summary>
    public required string SourceFolder { get; init; }

    /// <summary>
    /// Folder below the target's own that receives it, such as <c>plex-current/</c>. The last folder is made when it is
    /// missing, its parent is not (see <see cref="RsyncClient.EnsureFolderAsync"/>).
    /// </summary>
    public required string DestinationRelative { get; init; }

    /// <summary>
    /// Folders below the target's own; a file that is the same in one of them becomes a hard link to it. A missing
    /// one is a warning in the result.
    /// </summary>
    public IReadOnlyList<string> LinkFolders { get; init; } = [];
}
