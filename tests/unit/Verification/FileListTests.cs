using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Verification;

namespace RePlexOn.Tests.Verification;

public sealed class FileListTests
{
    private static readonly Gen<byte> PathByte =
        Gen.Elements("\\#0127a/ \n\t~\u007f".Select(c => (byte)c).Concat(new byte[] { 0xc3, 0xa9, 0xff, 1 }).ToArray());

    [Fact]
    public void Should_spell_every_path_in_one_line_and_read_it_back() =>
        Prop.ForAll(PathByte.ArrayOf().ToArbitrary(), path =>
        {
            string spelt = FileListPath.Of(path);
            Assert.Equal(path, FileListPath.Bytes(spelt));
            Assert.All(spelt, c => Assert.InRange(c, ' ', '~'));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("folder/", "folder")]
    [InlineData("./", "")]
    [InlineData(@"back\slash", @"back\134slash")]
    [InlineData(@"back\#134#123", @"back\134#123")]
    [InlineData("tab\there", @"tab\011here")]
    [InlineData(@"new\#012line", @"new\012line")]
    [InlineData(@"\#303\#251", @"\303\251")]
    public void Should_know_a_path_as_rsync_prints_it(string printed, string spelt) => Assert.Equal(spelt, FileListPath.OfPrinted(printed));

    [Theory]
    [InlineData(FileSumKind.Xxh128)]
    [InlineData(FileSumKind.Md5)]
    public void Should_read_what_it_wrote(FileSumKind kind)
    {
        using var scratch = new ScratchFolder();
        var random = new Random(1);
        (ListedEntry Entry, byte[] Path)[] entries =
        [
            .. Enumerable.Range(0, 5000).Select(i => (
                new ListedEntry("fdLDS?"[i % 6], i % 5 == 0 ? null : random.NextInt64(), i % 3 == 0 ? null : Sum(kind, random)),
                PathByte.ArrayOf(1 + (i % 90)).Sample(1).Single())),
        ];
        using (var writer = new FileListWriter(scratch.At("list"), kind))
        {
            foreach ((ListedEntry entry, byte[] path) in entries) writer.Add(entry, path);
        }

        var read = new List<(ListedEntry, byte[])>();
        using FileStream stored = File.OpenRead(scratch.At("list"));
        Assert.Equal(kind, FileListReader.Read(stored, (path, entry) => read.Add((entry, FileListPath.Bytes(path)))));
        Assert.Equal(entries, read);
    }

    [Theory]
    [InlineData("replexon-files 1 xxh128\nf 3")]
    [InlineData("replexon-files 1 xxh128\nf three - name")]
    [InlineData("replexon-files 1 xxh128\nf 3 xyz name")]
    [InlineData("replexon-files 1 crc32\n")]
    [InlineData("replexon-files 2 xxh128\n")]
    [InlineData("")]
    public void Should_refuse_what_is_no_list(string text)
    {
        using var stored = new MemoryStream();
        using (var compressed = new GZipStream(stored, CompressionLevel.Fastest, leaveOpen: true)) compressed.Write(Encoding.UTF8.GetBytes(text));
        stored.Position = 0;
        Assert.Throws<InvalidDataException>(() => FileListReader.Read(stored, (_, _) => { }));
    }

    private static FileSum Sum(FileSumKind kind, Random random) => new(kind, new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
}
