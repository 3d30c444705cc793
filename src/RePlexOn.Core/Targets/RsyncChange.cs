namespace RePlexOn.Targets;

/// <summary>What rsync did, or in a dry run would do, with one path.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Path">Path below the destination, for display: bytes that are not UTF-8 show as U+FFFD. A folder's ends with a slash, unless it is deleted by a file's.</param>
/// <param name="Bytes">Size of the file in bytes; 0 for a deletion.</param>
/// <param name="Itemized">rsync's own eleven letters (rsync(1), --itemize-changes), such as <c>&lt;f.st......</c>.</param>
public sealed record RsyncChange(RsyncChangeKind Kind, string Path, long Bytes, string Itemized)
{
    /// <summary>The path as rsync printed it, from which its bytes can be told: see <see cref="RsyncNames"/>.</summary>
    internal string PrintedPath { get; init; } = "";

    /// <summary>
    /// Sum of a regular file's content, where rsync has read it: of a file that was sent, and of every file under
    /// <see cref="RsyncComparison.Content"/>. Without meaning in a dry run of another comparison.
    /// </summary>
    public FileSum? Sum { get; init; }
}
