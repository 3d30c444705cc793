namespace RePlexOn.Targets;

/// <summary>What rsync did, or in a dry run would do, with one path.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Path">Path below the destination, for display: bytes that are not UTF-8 show as U+FFFD. A folder's ends with a slash, unless it is deleted by a file's.</param>
/// <param name="Bytes">Size of the file in bytes; 0 for a deletion.</param>
/// <param name="Itemized">rsync's own eleven letters (rsync(1), --itemize-changes), such as <c>&lt;f.st......</c>.</param>
public sealed record RsyncChange(RsyncChangeKind Kind, string Path, long Bytes, string Itemized);
