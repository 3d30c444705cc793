namespace RePlexOn.Files;

/// <summary>A folder that could not be listed whole: what is beneath it is not known.</summary>
/// <param name="Path">Path below the root, as bytes.</param>
/// <param name="Reason">What the system said, such as <c>Permission denied</c>.</param>
public sealed record UnreadableFolder(ReadOnlyMemory<byte> Path, string Reason)
{
    /// <summary>The path and the reason, for a person to read.</summary>
    public override string ToString() => $"{DisplayPath.Of(Path.Span)}: {Reason}";
}
