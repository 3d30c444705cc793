namespace RePlexOn.Targets;

/// <summary>One entry of a folder on the target.</summary>
/// <param name="Name">Its name; bytes that are not UTF-8 show as U+FFFD.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="ModifiedAt">When its content was last changed, to the second, in UTC.</param>
public sealed record RemoteEntry(string Name, RemoteEntryKind Kind, long Bytes, DateTimeOffset ModifiedAt);
