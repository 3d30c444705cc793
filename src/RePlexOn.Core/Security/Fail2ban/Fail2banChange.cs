namespace RePlexOn.Security.Fail2ban;

/// <summary>What became of the jail.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Files">The files that it is made of.</param>
/// <param name="LogPath">The log that it reads; null where it was removed.</param>
/// <param name="IsActive">Whether the running fail2ban has it.</param>
/// <param name="Message">In a sentence.</param>
public sealed record Fail2banChange(
    Fail2banChangeKind Kind, IReadOnlyList<Fail2banFile> Files, string? LogPath, bool IsActive, string Message);

/// <summary>A file of the jail.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Content">What is in it.</param>
public sealed record Fail2banFile(string Path, string Content);

/// <summary>What became of the jail, in one word.</summary>
public enum Fail2banChangeKind
{
    /// <summary>It was so already, and nothing was changed.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Installed,

    /// <summary>It took the place of one that was otherwise.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}
