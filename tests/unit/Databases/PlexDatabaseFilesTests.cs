using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

public sealed class PlexDatabaseFilesTests
{
    [Fact]
    public void Should_list_the_library_then_its_blobs_then_others_that_are_databases()
    {
        using var server = new SampleServer();
        File.Copy(server.LibraryPath, Path.Combine(server.DatabaseFolder, "a name.db"));
        File.Copy(server.LibraryPath, server.LibraryPath + "-2026-01-31");
        File.WriteAllText(Path.Combine(server.DatabaseFolder, "notes.db"), "not a database");
        Directory.CreateDirectory(Path.Combine(server.DatabaseFolder, "folder.db"));

        Assert.Equal(
            [PlexDatabaseFiles.LibraryRelativePath, PlexDatabaseFiles.BlobsRelativePath, "Plug-in Support/Databases/a name.db"],
            PlexDatabaseFiles.Find(server.DataDirectory).Select(file => file.RelativePath));
    }

    [Fact]
    public void Should_list_a_library_that_is_ruined_so_that_its_capture_fails_aloud()
    {
        using var server = new SampleServer();
        File.WriteAllText(server.LibraryPath, "ruined");

        Assert.Equal(PlexDatabaseFiles.LibraryRelativePath, PlexDatabaseFiles.Find(server.DataDirectory)[0].RelativePath);
    }

    [Fact]
    public void Should_count_the_log_too_and_find_it_where_a_link_leads()
    {
        using var server = new SampleServer();
        var elsewhere = Path.Combine(server.Root, "elsewhere.db");
        File.Move(server.LibraryPath, elsewhere);
        File.CreateSymbolicLink(server.LibraryPath, elsewhere);
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'x'");

        var found = PlexDatabaseFiles.Find(server.DataDirectory)[0];

        Assert.Equal(server.LibraryPath, found.FullPath);
        Assert.Equal(new FileInfo(elsewhere).Length + new FileInfo(elsewhere + "-wal").Length, found.Bytes);
    }

    [Fact]
    public void Should_find_nothing_where_there_is_no_folder() =>
        Assert.Empty(PlexDatabaseFiles.Find("/nowhere/Plex Media Server"));
}
