using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RePlexOn.Files;

/// <summary>
/// Keeps the tree of a good run in one file, for the next run to compare with. An index is only ever a shortcut: one that is
/// missing, damaged or of a newer version costs a full pass, never an error.
/// </summary>
public static class FileIndexStore
{
    private const int EntriesInOneGo = 1 << 20;

    /// <summary>Writes an index, for its owner alone to read. The file is replaced in one step, whole or not at all.</summary>
    /// <exception cref="RePlexOnException">It cannot be written (<c>IndexNotWritten</c>).</exception>
    public static void Write(string path, FileIndexHeader header, FileTree tree)
    {
        var unfinished = path + ".new";
        try
        {
            using (var file = new FileStream(unfinished, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                WriteTo(file, header, tree);
                // Before the rename, or a power cut could leave an empty file under the real name. The rename itself need not
                // be flushed: an older index names an older run, and is not trusted.
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(unfinished);
            throw new RePlexOnException(
                "IndexNotWritten", ExitCode.Failed,
                $"The file index {path} could not be written: {error.Message}",
                "Check that its folder is there, is writable and has room. Until then every run is a full pass.",
                error);
        }
    }

    /// <summary>Reads an index. A bad file is told in the result, not thrown.</summary>
    public static FileIndexReadResult Read(string path) => Open(path, withTree: true);

    /// <summary>Reads what an index stands for, without the tree and without a look at the tree's checksum.</summary>
    public static FileIndexReadResult ReadHeader(string path) => Open(path, withTree: false);

    private static void WriteTo(Stream file, FileIndexHeader header, FileTree tree)
    {
        var text = TextOf(header);
        var preamble = new FileIndexPreamble(
            FileIndexPreamble.CurrentVersion, text.Length, tree.Count, tree.Names.Length, tree.Devices.Length, tree.Unsettled);
        var start = new byte[FileIndexPreamble.Size + text.Length];
        preamble.Write(start);
        text.CopyTo(start, FileIndexPreamble.Size);
        var startSum = new Crc32C();
        WriteSummed(file, start, ref startSum);
        WriteSum(file, startSum);

        var bodySum = new Crc32C();
        WriteSummed(file, MemoryMarshal.AsBytes(tree.Devices), ref bodySum);
        for (var at = 0; at < tree.Count; at += EntriesInOneGo)
        {
            var entries = tree.Records.AsSpan(at, Math.Min(EntriesInOneGo, tree.Count - at));
            WriteSummed(file, MemoryMarshal.AsBytes(entries), ref bodySum);
        }
        WriteSummed(file, tree.Names, ref bodySum);
        WriteSum(file, bodySum);
    }

    private static FileIndexReadResult Open(string path, bool withTree)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return ReadFrom(file, withTree);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Bad("there is no file index yet");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return Bad($"the file index could not be read: {error.Message}");
        }
    }

    private static FileIndexReadResult ReadFrom(FileStream file, bool withTree)
    {
        var bytes = new byte[FileIndexPreamble.Size];
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (FileIndexPreamble.Read(bytes) is not { } preamble || preamble.BodyStart > file.Length)
            return Bad("the file index is damaged: it does not begin as one");

        var text = new byte[preamble.TextLength];
        var sum = new Crc32C();
        sum.Append(bytes);
        if (!ReadSummed(file, text, ref sum) || !ReadSum(file, sum))
            return Bad("the file index is damaged: the checksum of its header is wrong");
        if (preamble.Version > FileIndexPreamble.CurrentVersion)
            return Bad($"the file index is of version {preamble.Version}, written by a newer RePlexOn");
        if (preamble.FileLength != file.Length)
            return Bad($"the file index is damaged: it has {file.Length} bytes in place of {preamble.FileLength}");

        var header = HeaderOf(text);
        return withTree ? ReadTree(file, header, in preamble) : new FileIndexReadResult(header, null, null);
    }

    private static FileIndexReadResult ReadTree(FileStream file, FileIndexHeader header, in FileIndexPreamble preamble)
    {
        var devices = new ulong[preamble.Devices];
        var records = GC.AllocateUninitializedArray<FileRecord>(preamble.Entries);
        var names = GC.AllocateUninitializedArray<byte>(preamble.NameBytes);
        var sum = new Crc32C();
        var isWhole = ReadSummed(file, MemoryMarshal.AsBytes(devices.AsSpan()), ref sum);
        for (var at = 0; isWhole && at < records.Length; at += EntriesInOneGo)
        {
            var entries = records.AsSpan(at, Math.Min(EntriesInOneGo, records.Length - at));
            isWhole = ReadSummed(file, MemoryMarshal.AsBytes(entries), ref sum);
        }
        isWhole = isWhole && ReadSummed(file, names, ref sum) && ReadSum(file, sum);
        if (!isWhole)
            return Bad("the file index is damaged: its checksum is wrong");
        if (!HoldsTogether(records, names.Length, devices.Length))
            return Bad("the file index is damaged: its entries do not make a tree");
        var tree = new FileTree(records, records.Length, names, devices, preamble.Unsettled, [], []);
        return new FileIndexReadResult(header, tree, null);
    }

    /// <summary>Whether no entry points out of the tree or in a circle, so that all that walks it comes to an end.</summary>
    private static bool HoldsTogether(FileRecord[] records, int nameBytes, int devices)
    {
        if (records.Length == 0 || !records[0].IsDirectory || records[0].End != records.Length)
            return false;
        for (var i = 0; i < records.Length; i++)
        {
            ref readonly var record = ref records[i];
            var isPlaced = i == 0
                ? record.Parent == 0
                : (uint)record.Parent < (uint)i && records[record.Parent].IsDirectory && record.End <= records[record.Parent].End;
            var isClosed = record.IsDirectory ? record.End > i : record.End == i + 1;
            if (!isPlaced || !isClosed || (long)record.NameOffset + record.NameLength > nameBytes || record.Device >= devices)
                return false;
        }
        return true;
    }

    private static byte[] TextOf(FileIndexHeader header)
    {
        using var text = new MemoryStream();
        using (var writer = new BinaryWriter(text, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(header.RunId);
            writer.Write(header.TargetIdentity);
            writer.Write(header.SourcePath);
            writer.Write(header.PatternsFingerprint);
            writer.Write(header.ScannedAt.UtcTicks);
            writer.Write(header.LastFullPassAt.UtcTicks);
            writer.Write(header.MountPoint ?? "");
            writer.Write(header.Incomplete);
        }
        return text.ToArray();
    }

    private static FileIndexHeader HeaderOf(byte[] text)
    {
        using var reader = new BinaryReader(new MemoryStream(text), Encoding.UTF8);
        return new FileIndexHeader(
            reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
            new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            reader.ReadString() is { Length: > 0 } mountPoint ? mountPoint : null, reader.ReadBoolean());
    }

    private static void WriteSummed(Stream file, ReadOnlySpan<byte> bytes, ref Crc32C sum)
    {
        sum.Append(bytes);
        file.Write(bytes);
    }

    private static void WriteSum(Stream file, Crc32C sum)
    {
        Span<byte> bytes = stackalloc byte[FileIndexPreamble.SumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, sum.Value);
        file.Write(bytes);
    }

    private static bool ReadSummed(Stream file, Span<byte> bytes, ref Crc32C sum)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            return false;
        sum.Append(bytes);
        return true;
    }

    private static bool ReadSum(Stream file, Crc32C sum)
    {
        Span<byte> bytes = stackalloc byte[FileIndexPreamble.SumSize];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == sum.Value;
    }

    private static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The trouble that led here is the one to report; the next write begins this file anew.
        }
    }

    private static FileIndexReadResult Bad(string problem) => new(null, null, problem);
}
