using RePlexOn.Demo;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

/// <summary>Captures of databases that no server has open, however the server ended.</summary>
public sealed class DatabaseCaptureStillTests
{
    private const uint PlexUser = 4711;

    /// <summary>How a server may have ended: cleanly, killed, or killed with its index gone (a reboot, a restored disk).</summary>
    public enum Ending
    {
        Clean,
        Killed,
        KilledWithoutIndex,
    }

    [Theory]
    [InlineData(Ending.Clean, false)]
    [InlineData(Ending.Killed, false)]
    [InlineData(Ending.KilledWithoutIndex, false)]
    [InlineData(Ending.Clean, true)]
    [InlineData(Ending.Killed, true)]
    [InlineData(Ending.KilledWithoutIndex, true)]
    public async Task Should_hold_all_commits_of_a_stopped_server_and_leave_its_folder_as_it_was(Ending ending, bool readOnly)
    {
        using var server = new SampleServer();
        var commits = await RunAsync(server, ending);
        foreach (var file in Directory.GetFiles(server.DatabaseFolder)) new FileOwner(PlexUser, PlexUser).ApplyTo(file);
        if (readOnly) server.MakeReadOnly();
        var before = server.FolderState();

        var captured = await server.CaptureAsync();

        Assert.Equal(new SampleDatabaseState(commits, true), SampleDatabase.Verify(server.CopyPath));
        Assert.True(captured.TablesChecked > 15);
        Assert.Equal(before, server.FolderState());
    }

    [Fact]
    public async Task Should_give_the_copy_owner_and_mode_of_the_original_the_capture_as_its_time_and_no_log()
    {
        using var server = new SampleServer();
        new FileOwner(PlexUser, PlexUser + 1).ApplyTo(server.LibraryPath);
        File.SetUnixFileMode(server.LibraryPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var captured = await server.CaptureAsync();

        var status = FileStatus.Read(server.CopyPath)!.Value;
        Assert.Equal((PlexUser, PlexUser + 1), (status.Owner.User, status.Owner.Group));
        Assert.Equal(File.GetUnixFileMode(server.LibraryPath), status.Mode);
        Assert.Equal(captured.CapturedAt.UtcDateTime, File.GetLastWriteTimeUtc(server.CopyPath));
        Assert.False(SqliteHeader.Read(server.CopyPath)!.IsWal);
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(server.CopyPath)!));
        Assert.Equal(captured.Bytes, new FileInfo(server.CopyPath).Length);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(server.CopyPath))),
            captured.Sha256);
    }

    [Fact]
    public async Task Should_start_over_when_a_server_writes_during_the_copy()
    {
        using var server = new SampleServer(rows: 5000);
        var written = false;

        await server.CaptureAsync(null, progress =>
        {
            if (written) return;
            written = true;
            Assert.True(progress.PagesDone < progress.PagesTotal);
            // The first lies at the beginning of the file, which is copied already, the second at its end; both keep
            // the shape of their pages, so that no check could tell a copy that has one without the other.
            using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
            SqliteFile.Execute(plex, "UPDATE accounts SET thumb = 'new'; UPDATE fts4_metadata_titles_icu_docsize SET size = x'0404'");
        });

        using var copy = SqliteFile.OpenUnchanging(server.CopyPath);
        Assert.Equal(0, SqliteFile.Number(copy, "SELECT count(*) FROM accounts WHERE thumb IS NOT 'new'"));
        Assert.Equal(0, SqliteFile.Number(copy, "SELECT count(*) FROM fts4_metadata_titles_icu_docsize WHERE size <> x'0404'"));
    }

    [Fact]
    public async Task Should_read_beside_a_server_that_started_during_a_plain_copy()
    {
        using var server = new SampleServer(rows: 5000);
        await using var writer = new SampleWriter(server.DataDirectory, commitsPerSecond: 200);
        var started = false;

        await server.CaptureAsync(null, _ =>
        {
            if (started) return;
            started = true;
            writer.Start();
            SpinWait.SpinUntil(() => writer.CommitsDone > 10);
        });

        var state = SampleDatabase.Verify(server.CopyPath);
        Assert.True(state.InvariantHolds);
        Assert.True(state.LastCommit > 10);
    }

    [Fact]
    public async Task Should_roll_back_in_the_copy_what_a_killed_server_left_half_written()
    {
        using var server = new SampleServer();
        using (var plex = SampleDatabase.OpenForWriting(server.LibraryPath))
        {
            // A cache of ten pages makes SQLite write uncommitted pages into the database, as a large change does.
            SqliteFile.Execute(plex, "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 10; BEGIN");
            SqliteFile.Execute(plex, "UPDATE metadata_item_settings SET view_count = 1000");
            foreach (var part in (string[])["", "-journal"])
                File.Copy(server.LibraryPath + part, server.LibraryPath + ".killed" + part);
            SqliteFile.Execute(plex, "ROLLBACK");
        }
        File.Move(server.LibraryPath + ".killed", server.LibraryPath, overwrite: true);
        File.Move(server.LibraryPath + ".killed-journal", server.LibraryPath + "-journal");
        var before = server.FolderState();

        await server.CaptureAsync();

        Assert.Equal(new SampleDatabaseState(0, true), SampleDatabase.Verify(server.CopyPath));
        Assert.Equal(before, server.FolderState());
    }

    [Fact]
    public async Task Should_say_that_there_is_no_room_and_leave_none_of_it_used()
    {
        using var server = new SampleServer(rows: 5000);
        server.LimitStaging(1_000_000);

        var error = await Assert.ThrowsAsync<RePlexOnException>(() => server.CaptureAsync());
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Number(plex, "SELECT count(*) FROM accounts");
        var liveError = await Assert.ThrowsAsync<RePlexOnException>(() => server.CaptureAsync());

        Assert.Equal(("StagingFull", ExitCode.NoRoom), (error.ErrorId, error.ExitCode));
        Assert.Equal(("StagingFull", ExitCode.NoRoom), (liveError.ErrorId, liveError.ExitCode));
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(server.CopyPath)!));
    }

    private static async Task<long> RunAsync(SampleServer server, Ending ending)
    {
        await using var writer = new SampleWriter(server.DataDirectory, commitsPerSecond: 0);
        writer.Start();
        SpinWait.SpinUntil(() => writer.CommitsDone > 50);
        if (ending == Ending.Clean)
        {
            await writer.StopAsync();
            return writer.CommitsDone;
        }

        // What lies on the disk while another has it open is what a killed server leaves.
        using var holder = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Number(holder, "SELECT count(*) FROM accounts");
        await writer.StopAsync();
        string[] parts = ending == Ending.Killed ? ["", "-wal", "-shm"] : ["", "-wal"];
        foreach (var part in parts) File.Copy(server.LibraryPath + part, server.LibraryPath + ".killed" + part);
        holder.Dispose();
        foreach (var part in parts) File.Move(server.LibraryPath + ".killed" + part, server.LibraryPath + part, overwrite: true);
        return writer.CommitsDone;
    }
}
