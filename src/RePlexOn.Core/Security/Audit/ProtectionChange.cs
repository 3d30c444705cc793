namespace RePlexOn.Security.Audit;

/// <summary>One change that puts something right.</summary>
/// <param name="CheckId">The checks that ask for it, with commas between.</param>
/// <param name="Title">How it should be, as the first of these checks says.</param>
/// <param name="Kind">What is changed.</param>
/// <param name="Subject">The key of a setting, or a path as it is: it may hold line breaks.</param>
/// <param name="Before">The value, or the mode, as it is; null for a setting that is not set.</param>
/// <param name="After">As it shall be; null for a setting that shall not be set.</param>
public sealed record ProtectionChange(string CheckId, string Title, ProtectionKind Kind, string Subject, string? Before, string? After)
{
    /// <summary>The change that takes this one back.</summary>
    internal ProtectionChange Reversed => this with { Before = After, After = Before };

    /// <summary>Whether two values of it mean the same: a server names its defaults, a file leaves them out.</summary>
    internal bool Is(string? one, string? other) =>
        Kind == ProtectionKind.Setting ? (one ?? PlexSettings.DefaultOf(Subject)) == (other ?? PlexSettings.DefaultOf(Subject)) : one == other;
}
