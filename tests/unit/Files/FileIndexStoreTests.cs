using RePlexOn.Files;

namespace RePlexOn.Tests.Files;

public sealed class FileIndexStoreTests : IDisposable
{
    private static readonly FileIndexHeader Header = new(
        "01890000-0000-7000-8000-000000000001", "ssh://nas/plex \u00e9", "/srv/Plex Media Server", "fingerprint",
        new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.FromHours(1)), new DateTimeOffset(2026, 2, 22, 2, 0, 0, TimeSpan.Zero));

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string Index => _scratch["state/index"];

    private FileTree WriteSample()
    {
        for (var i = 0; i < 40; i++)
            _scratch.File($"source/d{i % 7}/{new string('n', i + 1)}", new string('x', i));
        _scratch.RawFile([.. "source/"u8, 0xFF, (byte)'\n', 0x80]);
        _scratch.Folder("state");
        var tree = new TreeScanner(FilePatterns.None).Scan(_scratch["source"]);
        FileIndexStore.Write(Index, Header, tree);
        return tree;
    }

    [Fact]
    public void Should_read_back_what_it_wrote()
    {
        var tree = WriteSample();
        var read = FileIndexStore.Read(Index);
        Assert.Null(read.Problem);
        Assert.Equal(Header, read.Header);
        Assert.Equal(tree.Count, read.Tree!.Count);
        Assert.Equal((tree.FileCount, tree.DirectoryCount, tree.OtherCount, tree.Bytes),
            (read.Tree.FileCount, read.Tree.DirectoryCount, read.Tree.OtherCount, read.Tree.Bytes));
        for (var i = 0; i < tree.Count; i++)
        {
            Assert.Equal(tree[i].Path, read.Tree[i].Path);
            Assert.Equal(Fields(tree[i]), Fields(read.Tree[i]));
        }
        Assert.Equal(tree.Unsettled, read.Tree.Unsettled);
        Assert.Equal(Header, FileIndexStore.ReadHeader(Index).Header);
        Assert.Null(FileIndexStore.ReadHeader(Index).Tree);
    }

    [Fact]
    public void Should_write_for_its_owner_alone_and_leave_nothing_beside()
    {
        WriteSample();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Index));
        Assert.Equal([Index], Directory.GetFileSystemEntries(_scratch["state"]));
    }

    [Fact]
    public void Should_tell_each_damaged_byte()
    {
        WriteSample();
        var good = File.ReadAllBytes(Index);
        var random = new Random(1);
        // Every byte of the preamble, the header and the sums; then any.
        var places = Enumerable.Range(0, 300).Concat(Enumerable.Range(good.Length - 8, 8))
            .Concat(Enumerable.Range(0, 700).Select(_ => random.Next(good.Length)));
        foreach (var place in places)
        {
            var bad = (byte[])good.Clone();
            bad[place] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Index, bad);
            var read = FileIndexStore.Read(Index);
            Assert.True(read.Tree is null, $"byte {place}");
            Assert.Contains("damaged", read.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_tell_each_truncation_and_each_byte_too_many()
    {
        WriteSample();
        var good = File.ReadAllBytes(Index);
        for (var length = 0; length < good.Length; length += length < 300 ? 1 : 37)
        {
            File.WriteAllBytes(Index, good[..length]);
            Assert.Contains("damaged", FileIndexStore.Read(Index).Problem, StringComparison.Ordinal);
        }
        File.WriteAllBytes(Index, [.. good, 0]);
        Assert.Contains("damaged", FileIndexStore.Read(Index).Problem, StringComparison.Ordinal);
        Assert.Contains("damaged", FileIndexStore.ReadHeader(Index).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_a_newer_version_from_damage()
    {
        WriteSample();
        var bytes = File.ReadAllBytes(Index);
        bytes[8] = 9;
        var start = FileIndexPreamble.Size + BitConverter.ToInt32(bytes, 12);
        var sum = new Crc32C();
        sum.Append(bytes.AsSpan(0, start));
        BitConverter.GetBytes(sum.Value).CopyTo(bytes, start);
        File.WriteAllBytes(Index, bytes);
        Assert.Contains("newer", FileIndexStore.Read(Index).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_entries_that_make_no_tree()
    {
        var tree = WriteSample();
        foreach (var spoil in new Action<FileRecord[]>[]
        {
            records => records[5].Parent = 5, records => records[5].Parent = int.MaxValue, records => records[5].Parent = -1,
            records => records[1].End = 1, records => records[1].End = int.MaxValue, records => records[3].NameOffset = uint.MaxValue,
            records => records[3].Device = 77, records => records[0].End = 3,
        })
        {
            var records = tree.Records[..tree.Count];
            spoil(records);
            FileIndexStore.Write(Index, Header, new FileTree(
                records, records.Length, tree.Names.ToArray(), tree.Devices.ToArray(), tree.Unsettled, [], []));
            Assert.Contains("tree", FileIndexStore.Read(Index).Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_tell_a_missing_file_and_a_folder_in_its_place()
    {
        Assert.Contains("no file index", FileIndexStore.Read(_scratch["none/index"]).Problem, StringComparison.Ordinal);
        Assert.Contains("no file index", FileIndexStore.Read(_scratch["none"]).Problem, StringComparison.Ordinal);
        Assert.Contains("could not be read", FileIndexStore.Read(_scratch.Root).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_the_old_index_when_the_disk_is_full()
    {
        var tree = WriteSample();
        var mount = _scratch.Folder("small");
        ScratchFolder.Must(null, "mount", "-t", "tmpfs", "-o", "size=16k", "none", mount);
        try
        {
            var small = new TreeScanner(FilePatterns.None).Scan(_scratch.Folder("empty"));
            FileIndexStore.Write(_scratch["small/index"], Header with { RunId = "small" }, small);
            File.WriteAllText(_scratch["small/ballast"], new string('x', 10_000));
            var error = Assert.Throws<RePlexOnException>(() => FileIndexStore.Write(_scratch["small/index"], Header, tree));
            Assert.Equal("IndexNotWritten", error.ErrorId);
            Assert.Equal("small", FileIndexStore.Read(_scratch["small/index"]).Header?.RunId);
            Assert.False(File.Exists(_scratch["small/index.new"]));
        }
        finally
        {
            ScratchFolder.Must(null, "umount", mount);
        }
    }

    [Fact]
    public void Should_know_the_standard_checksum()
    {
        // The check value of CRC-32C, as catalogues of checksums give it.
        var sum = new Crc32C();
        sum.Append("123456789"u8);
        Assert.Equal(0xE3069283, sum.Value);
        var parts = new Crc32C();
        parts.Append("1234567"u8);
        parts.Append("89"u8);
        Assert.Equal(sum.Value, parts.Value);
    }

    private static object Fields(FileEntry entry) => (
        entry.Kind, entry.Mode, entry.UserId, (entry.GroupId, entry.Size, entry.ModifiedNs),
        entry.ChangedNs, entry.Inode, (entry.Device, entry.Links));
}
