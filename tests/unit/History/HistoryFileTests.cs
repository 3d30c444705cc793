using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RePlexOn.History;

namespace RePlexOn.Tests.History;

public sealed class HistoryFileTests : IDisposable
{
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly StateFolder _state = new();

    [Fact]
    public void Should_be_the_owners_alone()
    {
        using var store = _state.Write();
        store.Begin(StateFolder.Run());

        Assert.Equal(OwnerReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_state.Path));
        Assert.Equal(3, Directory.GetFiles(_state.Path).Length);
        Assert.All(Directory.GetFiles(_state.Path), file => Assert.Equal(OwnerReadWrite, File.GetUnixFileMode(file)));
    }

    public static TheoryData<string> Damages => ["random", "truncated", "zeros", "text", "stub", "page", "folder"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void Should_set_a_damaged_history_aside_and_go_on(string damage)
    {
        Damage(damage);

        using (var store = _state.Write(new FixedTime(new(2026, 2, 23, 4, 0, 0, TimeSpan.FromHours(1)))))
        {
            Assert.Equal(_state.Database + ".damaged-20260223T030000Z", store.SetAside);
            Assert.True(Path.Exists(store.SetAside));
            Assert.Equal(1, store.Begin(StateFolder.Run()).Number);
        }

        using var again = _state.Write();
        Assert.Null(again.SetAside);
        Assert.Single(again.Query(new RunQuery()));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Should_tell_a_reader_of_a_damaged_history_and_leave_it(string damage)
    {
        Damage(damage);

        var failure = Assert.Throws<RePlexOnException>(() => _state.All());

        Assert.Equal("HistoryDamaged", failure.ErrorId);
        Assert.Contains(_state.Database, failure.Message, StringComparison.Ordinal);
        Assert.Contains("history.db.damaged-", failure.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_state.Path), e => e.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_not_write_over_one_set_aside_in_the_same_second()
    {
        var time = new FixedTime(DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 2; i++)
        {
            Damage("random");
            _state.Write(time).Dispose();
        }

        Assert.True(File.Exists(_state.Database + ".damaged-19700101T000000Z"));
        Assert.True(File.Exists(_state.Database + ".damaged-19700101T000000Z-2"));
    }

    [Fact]
    public void Should_set_the_write_ahead_log_aside_with_its_database()
    {
        using var other = _state.Write();
        other.Begin(StateFolder.Run());
        _state.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        Damage("random");

        using var store = _state.Write();

        Assert.True(File.Exists(store.SetAside + "-wal"));
        Assert.Empty(store.Query(new RunQuery()));
    }

    [Fact]
    public async Task Should_set_it_aside_once_when_many_find_it_damaged()
    {
        Damage("random");
        using var together = new Barrier(8);

        var aside = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                using var store = _state.Write();
                store.Begin(StateFolder.Run($"{i}"));
                return store.SetAside;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(aside, path => path is not null);
        Assert.Equal(8, _state.All().Count);
    }

    [Fact]
    public void Should_take_an_empty_file_for_a_history_not_begun()
    {
        Directory.CreateDirectory(_state.Path);
        File.WriteAllBytes(_state.Database, []);

        Assert.Empty(_state.All());
        using var store = _state.Write();
        Assert.Null(store.SetAside);
        Assert.Equal(1, store.Begin(StateFolder.Run()).Number);
    }

    [Theory]
    [InlineData(HistoryAccess.Read)]
    [InlineData(HistoryAccess.Write)]
    public void Should_refuse_a_newer_version_and_leave_it(HistoryAccess access)
    {
        _state.Write().Dispose();
        _state.Sql("PRAGMA user_version = 1000");

        var failure = Assert.Throws<RePlexOnException>(() => HistoryStore.Open(_state.Path, access, TimeProvider.System));

        Assert.Equal("HistoryTooNew", failure.ErrorId);
        Assert.Contains("version 1000", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_state.Database, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_bring_an_older_version_up_to_date_for_writers_and_readers()
    {
        string[] first = ["CREATE TABLE a (x); INSERT INTO a VALUES (1)"];
        string[] second = [.. first, "CREATE TABLE b AS SELECT x FROM a"];
        Directory.CreateDirectory(_state.Path);
        new HistoryFile(_state.Path, new Schema(first)).OpenForWriting(TimeProvider.System).Connection.Dispose();

        using (var reader = new HistoryFile(_state.Path, new Schema(second)).OpenForReading())
            Assert.Equal(1L, Scalar(reader!, "SELECT x FROM b"));
        string[] third = [.. second, "CREATE TABLE c AS SELECT x FROM b"];
        using var writer = new HistoryFile(_state.Path, new Schema(third)).OpenForWriting(TimeProvider.System).Connection;
        Assert.Equal(1L, Scalar(writer, "SELECT x FROM c"));
        Assert.Equal(3L, Scalar(writer, "PRAGMA user_version"));
    }

    [Fact]
    public void Should_apply_a_step_wholly_or_not_at_all()
    {
        Directory.CreateDirectory(_state.Path);
        var broken = new HistoryFile(_state.Path, new Schema(["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"]));

        Assert.Throws<RePlexOnException>(() => broken.OpenForWriting(TimeProvider.System));

        using var reader = new HistoryFile(_state.Path, new Schema(["CREATE TABLE a (x)"])).OpenForReading();
        Assert.Equal(1L, Scalar(reader!, "SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public void Should_say_that_the_state_directory_is_a_file()
    {
        File.WriteAllText(_state.Path, "");
        var failure = Assert.Throws<RePlexOnException>(() => _state.Write());

        Assert.Equal(("StateNotWritable", ExitCode.Usage), (failure.ErrorId, failure.ExitCode));
        Assert.Contains("is a file", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_read_and_refuse_to_write_on_a_read_only_file_system(bool begun)
    {
        Directory.CreateDirectory(_state.Path);
        if (begun)
        {
            using var store = _state.Write();
            store.Begin(StateFolder.Run());
        }

        Tool("mount", "--bind", _state.Path, _state.Path);
        try
        {
            Tool("mount", "-o", "remount,bind,ro", _state.Path);

            var failure = Assert.Throws<RePlexOnException>(() => _state.Write());
            Assert.Equal(("StateNotWritable", ExitCode.Usage), (failure.ErrorId, failure.ExitCode));
            Assert.Contains(_state.Path, failure.Message, StringComparison.Ordinal);
            Assert.Equal(begun ? 1 : 0, _state.All().Count);
        }
        finally
        {
            Tool("umount", _state.Path);
        }
    }

    [Fact]
    public void Should_refuse_to_write_to_a_file_that_is_read_only_in_a_folder_that_is_not()
    {
        _state.Write().Dispose();
        Tool("mount", "--bind", _state.Database, _state.Database);
        try
        {
            Tool("mount", "-o", "remount,bind,ro", _state.Database);
            var failure = Assert.Throws<RePlexOnException>(() => _state.Write());
            Assert.Equal("StateNotWritable", failure.ErrorId);
        }
        finally
        {
            Tool("umount", _state.Database);
        }
    }

    private static void Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Damage(string how)
    {
        Directory.CreateDirectory(_state.Path);
        if (how is "truncated" or "page")
        {
            using var store = _state.Write();
            store.Add(Enumerable.Range(0, 200).Select(i => StateFolder.Run($"{i}", RunStatus.Failed)), CancellationToken.None);
        }

        switch (how)
        {
            case "random":
                var bytes = new byte[20_000];
                new Random(1).NextBytes(bytes);
                File.WriteAllBytes(_state.Database, bytes);
                break;
            case "truncated":
                using (var file = File.OpenWrite(_state.Database)) file.SetLength(file.Length / 2);
                break;
            case "zeros":
                File.WriteAllBytes(_state.Database, new byte[8192]);
                break;
            case "text":
                File.WriteAllText(_state.Database, "not a database, but a text of a good hundred bytes, " + new string('x', 100));
                break;
            case "stub":
                _state.Write().Dispose();
                using (var file = File.OpenWrite(_state.Database)) file.SetLength(300);
                break;
            case "page":
                using (var file = File.OpenWrite(_state.Database))
                {
                    file.Position = 4096;
                    file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
                }

                break;
            case "folder":
                Directory.CreateDirectory(_state.Database);
                break;
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _state.Dispose();
}
