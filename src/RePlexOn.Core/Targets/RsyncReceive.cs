namespace RePlexOn.Targets;

/// <summary>Files to fetch from the target.</summary>
public sealed record RsyncReceive : RsyncTransfer
{
    /// <summary>
    /// Arguments for what is fetched to be read here: attributes of another machine do not matter, and no link may lead
    /// anywhere.
    /// </summary>
    internal static IReadOnlyList<string> ContentOnly { get; } = ["--no-perms", "--no-owner", "--no-group", "--no-links", "--no-D"];

    /// <summary>Folder below the target's own whose content is fetched, such as <c>plex-current/</c>.</summary>
    public required string SourceRelative { get; init; }

    /// <summary>Full path of the folder that receives it; its parent must exist.</summary>
    public required string DestinationFolder { get; init; }
}
