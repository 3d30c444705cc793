namespace RePlexOn.Security.Docker;

/// <summary>An image as a container asks for it: <c>registry/repository:tag@digest</c>.</summary>
/// <param name="Registry">The host it comes from; null for Docker Hub.</param>
/// <param name="Repository">Its path there, such as <c>linuxserver/plex</c>.</param>
/// <param name="Tag">The tag; null for none.</param>
/// <param name="IsPinned">Whether a digest or the image's own id says which one it is.</param>
internal sealed record ImageName(string? Registry, string Repository, string? Tag, bool IsPinned)
{
    private const string DigestPrefix = "sha256:";

    public static ImageName Parse(string text)
    {
        if (IsId(text)) return new ImageName(null, text, null, IsPinned: true);

        int at = text.IndexOf('@', StringComparison.Ordinal);
        string name = at < 0 ? text : text[..at];
        int colon = name.LastIndexOf(':');
        bool tagged = colon > name.LastIndexOf('/');
        string path = tagged ? name[..colon] : name;
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : path[..slash];
        bool hosted = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        return new ImageName(hosted ? first : null, hosted ? path[(slash + 1)..] : path, tagged ? name[(colon + 1)..] : null, at >= 0);
    }

    private static bool IsId(string text)
    {
        string hex = text.StartsWith(DigestPrefix, StringComparison.Ordinal) ? text[DigestPrefix.Length..] : text;
        return hex.Length is 12 or 64 && hex.All(char.IsAsciiHexDigitLower);
    }
}
