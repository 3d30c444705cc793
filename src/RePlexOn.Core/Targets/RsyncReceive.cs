namespace RePlexOn.Targets;

/// <summary>Files to fetch from the target.</summary>
public sealed record RsyncReceive : RsyncTransfer
{
    /// <summary>Folder below the target's own whose content is fetched, such as <c>plex-current/</c>.</summary>
    public required string SourceRelative { get; init; }

    /// <summary>Full path of the folder that receives it; its parent must exist.</summary>
    public required string DestinationFolder { get; init; }
}
