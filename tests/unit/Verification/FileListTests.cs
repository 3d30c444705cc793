using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Verification;

namespace RePlexOn.Tests.Verification;

public sealed class FileListTests
{
    [Fact]
    public void Should_spell_every_path_in_one_line_and_read_it_back()
    {
        var bytes = Gen.Elements("\\#0127a/ \n\t~\u007f".Select(c => (byte)c).Concat(new byte[] { 0xc3, 0xa9, 0xff, 1 }).ToArray());
        Prop.ForAll(bytes.ArrayOf().ToArbitrary(), path =>
        {
            string spelt = FileListPath.Of(path);
            Assert.Equal(path, FileListPath.Bytes(spelt));
            Assert.All(spelt, c => Assert.InRange(c, ' ', '~'));
        }).QuickCheckThrowOnFailure();
    }

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

    [Fact]
    public void Should_follow_the_lists_of_several_runs()
    {
        RecordedTree tree = Read("""
            whole
            d 0 - folder
            f 3 00000000000000000000000000000001 folder/a
            f 3 00000000000000000000000000000002 folder/with blanks
            """, """
            x 0 - folder/a
            f 3 - folder/with blanks
            f 9 - new
            """);
        Assert.True(tree.IsWhole);
        Assert.Equal(["folder", "folder/with blanks", "new"], tree.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new ListedEntry('f', 3, 2), tree.Entries["folder/with blanks"]);
        Assert.Null(tree.Entries["new"].Md5);
    }

    [Fact]
    public void Should_take_sums_from_earlier_lists_where_a_whole_one_has_none()
    {
        RecordedTree tree = Read("""
            whole
            f 3 00000000000000000000000000000001 kept
            f 3 00000000000000000000000000000002 gone
            f 3 00000000000000000000000000000003 of another size
            """, """
            whole
            f 3 - kept
            f 4 - of another size
            """);
        Assert.Equal(
            [("kept", new ListedEntry('f', 3, 1)), ("of another size", new ListedEntry('f', 4, null))],
            tree.Entries.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("f 3")]
    [InlineData("f three - name")]
    [InlineData("f 3 xyz name")]
    public void Should_refuse_a_line_that_is_none(string line) => Assert.Throws<InvalidDataException>(() => Read(line));

    private static RecordedTree Read(params string[] lists)
    {
        var tree = new RecordedTree();
        foreach (string list in lists)
        {
            using var stored = new MemoryStream();
            using (var compressed = new System.IO.Compression.GZipStream(stored, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            {
                compressed.Write(Encoding.UTF8.GetBytes(list.ReplaceLineEndings("\n")));
            }

            stored.Position = 0;
            tree.Apply(stored);
        }

        return tree;
    }
}
