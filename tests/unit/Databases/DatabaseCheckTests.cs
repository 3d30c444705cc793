using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

public sealed class DatabaseCheckTests
{
    private const int PageSize = 4096;

    [Fact]
    public void Should_pass_a_schema_that_only_plex_understands_and_count_what_it_skipped()
    {
        using var server = new SampleServer();

        var result = DatabaseCheck.Check(server.LibraryPath, null, default);

        Assert.Empty(result.Problems);
        Assert.Equal(2, result.TablesSkipped);
        using var connection = SqliteFile.OpenUnchanging(server.LibraryPath);
        Assert.Equal(
            SqliteFile.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'"),
            result.TablesChecked);
    }

    [Fact]
    public void Should_leave_file_and_folder_as_they_were()
    {
        using var server = new SampleServer();
        var before = (server.FolderState(), DatabaseStamp.TakeUnsettled(server.LibraryPath));

        DatabaseCheck.Check(server.LibraryPath, null, default);

        Assert.Equal(before.Item1, server.FolderState());
        Assert.Equal(before.Item2, DatabaseStamp.TakeUnsettled(server.LibraryPath));
    }

    [Fact]
    public void Should_find_a_ruined_page_in_any_tree()
    {
        using var server = new SampleServer();
        var good = File.ReadAllBytes(server.LibraryPath);
        var random = new Random(7);
        var pages = TreePages(good);
        random.Shuffle(pages);
        foreach (var page in pages.Take(40))
        {
            var bad = (byte[])good.Clone();
            bad[page * PageSize] ^= 0xff;
            File.WriteAllBytes(server.LibraryPath, bad);
            Assert.False(DatabaseCheck.Check(server.LibraryPath, null, default).IsSound, $"page {page + 1}");
        }
    }

    [Fact]
    public void Should_find_flipped_bits_in_the_pointers_of_interior_pages()
    {
        using var server = new SampleServer();
        var good = File.ReadAllBytes(server.LibraryPath);
        foreach (var page in TreePages(good).Where(page => page > 0 && good[page * PageSize] is 2 or 5))
        {
            var bad = (byte[])good.Clone();
            bad[(page * PageSize) + 11] ^= 0x01; // the last byte of the right-most pointer
            File.WriteAllBytes(server.LibraryPath, bad);
            Assert.False(DatabaseCheck.Check(server.LibraryPath, null, default).IsSound, $"page {page + 1}");
        }
    }

    [Fact]
    public void Should_find_a_damaged_free_list()
    {
        using var server = new SampleServer();
        using (var plex = SampleDatabase.OpenForWriting(server.LibraryPath))
            SqliteFile.Execute(plex, "PRAGMA journal_mode = DELETE; DELETE FROM media_parts");
        var bytes = File.ReadAllBytes(server.LibraryPath);
        Assert.NotEqual(0, bytes[39]);
        bytes[39]++; // the count of free pages in the header
        File.WriteAllBytes(server.LibraryPath, bytes);

        Assert.False(DatabaseCheck.Check(server.LibraryPath, null, default).IsSound);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(0)]
    public void Should_find_a_truncated_file(double share)
    {
        using var server = new SampleServer();
        using (var file = File.OpenWrite(server.LibraryPath)) file.SetLength((long)(file.Length * share));

        Assert.False(DatabaseCheck.Check(server.LibraryPath, null, default).IsSound);
    }

    [Fact]
    public void Should_find_a_copy_mixed_of_two_moments()
    {
        using var server = new SampleServer();
        var early = File.ReadAllBytes(server.LibraryPath);
        using (var plex = SampleDatabase.OpenForWriting(server.LibraryPath))
            SqliteFile.Execute(plex, "DELETE FROM taggings; INSERT INTO media_parts SELECT id + 1000, media_item_id, hash, open_subtitle_hash, file, size, duration, extra_data FROM media_parts");
        var late = File.ReadAllBytes(server.LibraryPath);
        early.AsSpan(0, early.Length / 2).CopyTo(late);
        File.WriteAllBytes(server.LibraryPath, late);

        Assert.False(DatabaseCheck.Check(server.LibraryPath, null, default).IsSound);
    }

    [Fact]
    public void Should_read_tables_with_any_name_and_commits_in_a_log_beside_the_file()
    {
        using var server = new SampleServer();
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        var before = DatabaseCheck.Check(server.LibraryPath, null, default);
        SqliteFile.Execute(plex, """CREATE TABLE "it's a ""table""; --" (x); CREATE TABLE 'two' (y COLLATE icu_root PRIMARY KEY)""");

        var after = DatabaseCheck.Check(server.LibraryPath, null, default);

        Assert.Empty(after.Problems);
        Assert.Equal(before.TablesChecked + 2, after.TablesChecked);
    }

    [Fact]
    public void Should_take_a_path_of_any_characters()
    {
        using var server = new SampleServer();
        var path = Path.Combine(server.Root, "a #b?c%20d 'e' ü\n.db");
        File.Copy(server.LibraryPath, path);

        Assert.Empty(DatabaseCheck.Check(path, null, default).Problems);
    }

    [Fact]
    public void Should_say_that_a_missing_file_cannot_be_checked() =>
        Assert.Equal(
            "DatabaseNotCheckable",
            Assert.Throws<RePlexOnException>(() => DatabaseCheck.Check("/nowhere/library.db", null, default)).ErrorId);

    private static int[] TreePages(byte[] database) =>
        [.. Enumerable.Range(1, (database.Length / PageSize) - 1).Where(page => database[page * PageSize] is 2 or 5 or 10 or 13)];
}
