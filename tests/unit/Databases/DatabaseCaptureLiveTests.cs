using Microsoft.Data.Sqlite;
using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

/// <summary>Captures beside a server that has the database open.</summary>
public sealed class DatabaseCaptureLiveTests
{
    [Fact]
    public async Task Should_hold_every_commit_done_before_it_began_and_stand_for_one_moment_twenty_times()
    {
        using var server = new SampleServer(rows: 4000);
        await using var writer = new SampleWriter(server.DataDirectory, commitsPerSecond: 500);
        writer.Start();
        for (var i = 0; i < 20; i++)
        {
            var published = writer.CommitsDone;
            var asked = DateTimeOffset.UtcNow;

            var captured = await server.CaptureAsync(new DatabaseCaptureOptions { PagesPerStep = 16 });

            var state = SampleDatabase.Verify(server.CopyPath);
            Assert.True(state.InvariantHolds);
            // The writer counts a commit just after it is made.
            Assert.InRange(state.LastCommit, published, writer.CommitsDone + 1);
            Assert.True(captured.CapturedAt >= asked);
            Assert.Empty(DatabaseCheck.Check(server.CopyPath, null, default).Problems);
        }
        Assert.True(writer.CommitsDone > 20);
    }

    [Fact]
    public async Task Should_never_start_over_although_commits_come_between_all_steps()
    {
        using var server = new SampleServer();
        await using var writer = new SampleWriter(server.DataDirectory, commitsPerSecond: 0);
        writer.Start();
        var (steps, done) = (0, 0L);

        await server.CaptureAsync(new DatabaseCaptureOptions { PagesPerStep = 8 }, progress =>
        {
            if (progress.Phase != DatabaseCapturePhase.Copying) return;
            Assert.True(progress.PagesDone > done, $"fell back to {progress.PagesDone} from {done}");
            (steps, done) = (steps + 1, progress.PagesDone);
            var seen = writer.CommitsDone;
            SpinWait.SpinUntil(() => writer.CommitsDone > seen);
        });

        Assert.True(steps > 20);
        Assert.True(SampleDatabase.Verify(server.CopyPath).InvariantHolds);
    }

    [Fact]
    public async Task Should_read_commits_that_are_only_in_a_large_write_ahead_log()
    {
        using var server = new SampleServer();
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE big (b BLOB)");
        for (var i = 0; i < 20; i++) SqliteFile.Execute(plex, "INSERT INTO big VALUES (zeroblob(1000000))");
        Assert.True(new FileInfo(server.LibraryPath + "-wal").Length > 20_000_000);

        await server.CaptureAsync();

        using var copy = SqliteFile.OpenUnchanging(server.CopyPath);
        Assert.Equal(20, SqliteFile.Number(copy, "SELECT count(*) FROM big WHERE length(b) = 1000000"));
    }

    [Fact]
    public async Task Should_leave_what_a_server_wrote_in_its_log_when_the_server_stops_during_the_copy()
    {
        using var server = new SampleServer();
        var writer = new SampleWriter(server.DataDirectory, commitsPerSecond: 0);
        writer.Start();
        SpinWait.SpinUntil(() => writer.CommitsDone > 100);

        await server.CaptureAsync(
            new DatabaseCaptureOptions { PagesPerStep = 8 }, _ => writer.StopAsync().GetAwaiter().GetResult());

        Assert.True(SampleDatabase.Verify(server.CopyPath).InvariantHolds);
        using (var plex = SampleDatabase.OpenForWriting(server.LibraryPath))
            Assert.Equal(writer.CommitsDone, SqliteFile.Number(plex, "SELECT max(number) FROM sample_commits"));
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task Should_leave_log_and_index_to_the_next_server_when_it_is_the_last_to_close_the_database()
    {
        using var server = new SampleServer();
        var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'x'; PRAGMA wal_checkpoint(FULL)");
        var before = server.FolderState();

        await server.CaptureAsync(null, _ => plex.Dispose());

        Assert.Equal(before, server.FolderState());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public async Task Should_wait_for_a_lock_to_be_released(string journalMode)
    {
        using var server = new SampleServer();
        var plex = Lock(server, journalMode);
        var release = Task.Delay(TimeSpan.FromSeconds(2)).ContinueWith(_ => plex.Dispose(), TaskScheduler.Default);

        await server.CaptureAsync();

        Assert.True(release.IsCompleted);
        Assert.True(SampleDatabase.Verify(server.CopyPath).InvariantHolds);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public async Task Should_say_that_the_database_is_locked_when_the_lock_stays(string journalMode)
    {
        using var server = new SampleServer();
        using var plex = Lock(server, journalMode);

        var error = await Assert.ThrowsAsync<RePlexOnException>(() =>
            server.CaptureAsync(new DatabaseCaptureOptions { Patience = TimeSpan.FromSeconds(1) }));

        Assert.Equal("DatabaseLocked", error.ErrorId);
        Assert.Contains("com.plexapp.plugins.library.db", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(server.CopyPath));
    }

    [Theory]
    [InlineData(DatabaseCapturePhase.Copying)]
    [InlineData(DatabaseCapturePhase.Checking)]
    [InlineData(DatabaseCapturePhase.Hashing)]
    public async Task Should_stop_in_every_phase_and_leave_nothing(DatabaseCapturePhase phase)
    {
        using var server = new SampleServer(rows: 5000, bytesPerRow: 8000);
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Number(plex, "SELECT count(*) FROM accounts");
        using var stop = new CancellationTokenSource();
        var reportsAfter = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.CaptureAsync(
            null,
            progress =>
            {
                if (stop.IsCancellationRequested) reportsAfter++;
                if (progress.Phase == phase && progress.PagesDone > 0) stop.Cancel();
            },
            stop.Token));

        Assert.Equal(0, reportsAfter);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(server.CopyPath)!));
    }

    /// <summary>Holds the database as Plex does while it optimises: nobody else may read.</summary>
    private static SqliteConnection Lock(SampleServer server, string journalMode)
    {
        var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Execute(plex, $"PRAGMA journal_mode = {journalMode}");
        SqliteFile.Execute(plex, journalMode == "WAL"
            ? "SELECT count(*) FROM accounts; PRAGMA locking_mode = EXCLUSIVE; UPDATE accounts SET thumb = 'x'"
            : "BEGIN EXCLUSIVE");
        return plex;
    }
}
