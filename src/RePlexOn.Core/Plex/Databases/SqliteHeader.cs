using System.Buffers.Binary;

namespace RePlexOn.Plex.Databases;

/// <summary>What the first 100 bytes of a SQLite file say (https://sqlite.org/fileformat2.html, section 1.3).</summary>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="IsWal">Whether the database uses a write-ahead log.</param>
internal sealed record SqliteHeader(int PageSize, bool IsWal)
{
    private const int Length = 100;

    /// <summary>
    /// Reads the header. Not to be used on a database that this process has open: when a process closes any of its
    /// descriptors of a file, it loses the locks that SQLite holds on it (https://sqlite.org/howtocorrupt.html, 2.2).
    /// </summary>
    /// <returns>Null when the file does not begin as a SQLite database does.</returns>
    public static SqliteHeader? Read(string path)
    {
        Span<byte> bytes = stackalloc byte[Length];
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        if (RandomAccess.Read(file, bytes, 0) < Length || !bytes.StartsWith("SQLite format 3\0"u8)) return null;
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]);
        return new SqliteHeader(pageSize == 1 ? 65536 : pageSize, bytes[18] == 2);
    }
}
