namespace RePlexOn.Security.AccessLog;

/// <summary>How far a log was read. A log is known again by how it begins, whatever it is called by now.</summary>
/// <param name="Inode">Its number in the file system; of two that begin alike, the one with this number is meant.</param>
/// <param name="HeadLength">How many bytes of its beginning are in <paramref name="Head"/>.</param>
/// <param name="Head">SHA-256 of its beginning: the first line holds a time to the millisecond, so no two logs begin alike.</param>
/// <param name="Offset">Where the next line begins.</param>
internal sealed record LogMark(ulong Inode, int HeadLength, string Head, long Offset);
