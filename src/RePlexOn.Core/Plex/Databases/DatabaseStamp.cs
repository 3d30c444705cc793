using RePlexOn.Files;

namespace RePlexOn.Plex.Databases;

/// <summary>
/// A cheap answer to "has this database changed": inode, size and times of the database, its write-ahead log and its
/// journal. Two equal stamps mean that nothing was written in between. Serialises to JSON as its one text.
/// </summary>
/// <param name="Value">The stamp as text, to be compared and stored, not read.</param>
public sealed record DatabaseStamp(string Value)
{
    /// <summary>How long a file must have lain still before its times tell apart this state and the next.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Takes the stamp. Take it before a capture begins: a write during the capture then makes the next stamp differ.
    /// </summary>
    /// <param name="path">The database file.</param>
    /// <param name="time">The clock to judge by; the system's when null.</param>
    /// <returns>
    /// Null when there is no such file, or when it was changed within the last second: the kernel's times are coarse,
    /// and a further write could leave them as they are. Null never means unchanged.
    /// </returns>
    /// <exception cref="IOException">The file system refused.</exception>
    public static DatabaseStamp? Take(string path, TimeProvider? time = null)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        var parts = Parts(path);
        if (parts[0] is null) return null;
        // The change time: unlike the modification time, nobody can set it.
        var settledBefore = (now - Settled - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return parts.Any(part => part?.ChangedNs >= settledBefore) ? null : Of(parts);
    }

    /// <summary>The stamp as it is at this moment, even where a write a moment ago makes it no proof.</summary>
    /// <returns>Null when there is no such file.</returns>
    internal static DatabaseStamp? TakeUnsettled(string path)
    {
        var parts = Parts(path);
        return parts[0] is null ? null : Of(parts);
    }

    private static FileStatus?[] Parts(string path)
    {
        var database = DatabaseParts.Of(path);
        return [FileStatus.Read(database.Main), FileStatus.Read(database.Wal), FileStatus.Read(database.Journal)];
    }

    private static DatabaseStamp Of(FileStatus?[] parts) =>
        new(string.Join(' ', parts.Select(part => part?.ToStamp() ?? "-")));
}
