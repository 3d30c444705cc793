using System.Text.Json;
using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

public sealed class DatabaseStampTests
{
    private readonly TimeProvider _later = new Clock(TimeSpan.FromHours(1));

    [Fact]
    public void Should_stay_equal_while_nothing_is_written_even_when_read()
    {
        using var server = new SampleServer();
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'before'");
        var before = DatabaseStamp.Take(server.LibraryPath, _later);

        SqliteFile.Number(plex, "SELECT count(*) FROM metadata_items");

        Assert.NotNull(before);
        Assert.Equal(before, DatabaseStamp.Take(server.LibraryPath, _later));
        Assert.Equal(before, JsonSerializer.Deserialize<DatabaseStamp>(JsonSerializer.Serialize(before)));
    }

    [Fact]
    public void Should_differ_after_a_commit_that_is_only_in_the_log()
    {
        using var server = new SampleServer();
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'before'");
        var before = DatabaseStamp.Take(server.LibraryPath, _later);

        SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'after'");

        Assert.NotEqual(before, DatabaseStamp.Take(server.LibraryPath, _later));
    }

    [Fact]
    public void Should_differ_when_a_write_is_hidden_by_the_old_size_and_modification_time()
    {
        using var server = new SampleServer();
        var before = DatabaseStamp.Take(server.LibraryPath, _later);
        var modified = File.GetLastWriteTimeUtc(server.LibraryPath);
        Thread.Sleep(20); // longer than the kernel's clock tick

        using (var file = File.OpenWrite(server.LibraryPath)) file.WriteByte((byte)'S');
        File.SetLastWriteTimeUtc(server.LibraryPath, modified);

        Assert.NotEqual(before, DatabaseStamp.Take(server.LibraryPath, _later));
    }

    [Fact]
    public void Should_be_null_right_after_a_write_and_for_a_missing_file()
    {
        using var server = new SampleServer();

        Assert.Null(DatabaseStamp.Take(server.LibraryPath, new Clock(TimeSpan.Zero)));
        Assert.Null(DatabaseStamp.Take(server.LibraryPath + ".none", _later));
    }

    /// <summary>A clock that stands still, ahead of the moment it was made.</summary>
    private sealed class Clock(TimeSpan ahead) : TimeProvider
    {
        private readonly DateTimeOffset _now = DateTimeOffset.UtcNow + ahead;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
