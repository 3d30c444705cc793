using System.Buffers.Binary;

namespace RePlexOn.Files;

/// <summary>
/// The first 64 bytes of an index file; all numbers are little-endian. The file is: preamble, header text, CRC-32C of both;
/// devices, entries (64 bytes each), names, CRC-32C of these three. Magic, version, the text's length and the first sum stay
/// where they are in every version, so that an older program can tell a newer file from a damaged one.
/// </summary>
internal readonly record struct FileIndexPreamble(
    uint Version, int TextLength, int Entries, int NameBytes, int Devices, TimeWindow Unsettled)
{
    public const int Size = 64;
    public const uint CurrentVersion = 1;
    public const int SumSize = sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "RPXINDEX"u8;

    /// <summary>How long the whole file is.</summary>
    public long FileLength =>
        BodyStart + ((long)Devices * sizeof(ulong)) + ((long)Entries * FileRecordSize) + NameBytes + SumSize;

    public long BodyStart => (long)Size + TextLength + SumSize;

    private static int FileRecordSize => System.Runtime.CompilerServices.Unsafe.SizeOf<FileRecord>();

    /// <summary>Reads a preamble; null where the bytes cannot be one.</summary>
    public static FileIndexPreamble? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !bytes.StartsWith(Magic))
            return null;
        var preamble = new FileIndexPreamble(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            new TimeWindow(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..])));
        return preamble is { TextLength: >= 0, Entries: >= 0, NameBytes: >= 0, Devices: >= 0 } ? preamble : null;
    }

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], TextLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Entries);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], NameBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Devices);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Unsettled.FromNs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Unsettled.ToNs);
    }
}
