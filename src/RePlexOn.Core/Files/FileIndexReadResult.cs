using System.Diagnostics.CodeAnalysis;

namespace RePlexOn.Files;

/// <summary>An index that was read, or why it could not be.</summary>
/// <param name="Header">What it stands for.</param>
/// <param name="Tree">The tree that it keeps; null where only the header was asked for.</param>
/// <param name="Problem">Why there is none, as a clause such as <c>there is no index yet</c>.</param>
public sealed record FileIndexReadResult(FileIndexHeader? Header, FileTree? Tree, string? Problem)
{
    /// <summary>Whether it was read.</summary>
    [MemberNotNullWhen(true, nameof(Header))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsGood => Problem is null;
}
