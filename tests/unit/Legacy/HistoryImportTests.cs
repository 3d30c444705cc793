using Microsoft.Data.Sqlite;
using RePlexOn.History;
using RePlexOn.Legacy;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Legacy;

/// <summary>The first system's database, with the table and the kinds of rows that its program writes.</summary>
public sealed class HistoryImportTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    private string Database => _scene.At("replexon.db");

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_leave_out_the_snapshots_and_clean_ups_that_it_made_up()
    {
        Rows(
            Cron("daily_mirror", "success", "2026-02-22 03:00:00"), Cron("snapshot", "success", "2026-02-22 03:30:00"),
            Cron("cleanup", "success", "2026-02-22 04:00:00"), Cron("daily_mirror", "failure", "2026-02-23 03:00:00"));
        LegacyImportResult result = _scene.ImportDatabase(Database);

        Assert.Equal((2, 2), (result.Added, result.LeftOut));
        Assert.Contains("without looking", result.Notes[0], StringComparison.Ordinal);
        Assert.Equal([(RunKind.Mirror, RunStatus.Succeeded), (RunKind.Mirror, RunStatus.Failed)], _scene.Runs.Select(run => (run.Kind, run.Status)));
        Assert.All(_scene.Runs, run => Assert.Equal(TimeSpan.Zero, run.StartedAt.TimeOfDay));
    }

    [Fact]
    public void Should_find_the_true_beginning_of_a_run_whose_end_it_has()
    {
        Rows("'daily_mirror', 'success', '2026-02-23 03:00:00', '2026-02-23 05:13:23.000000', 802.0, 8081447228, 24265611, NULL, NULL, 'cron'");
        _scene.ImportDatabase(Database, "America/New_York");
        BackupRun run = Assert.Single(_scene.Runs);

        Assert.Equal(new DateTimeOffset(2026, 2, 23, 5, 0, 1, TimeSpan.FromHours(-5)), run.StartedAt);
        Assert.Equal((TimeSpan.FromSeconds(802), 8_081_447_228L, 24_265_611L), (run.Duration, run.BytesTotal, run.BytesSent));
    }

    [Fact]
    public void Should_read_the_times_of_runs_from_the_web_page_as_utc_and_not_call_them_running()
    {
        Rows("'manual', 'running', '2026-02-23 18:00:00.123456', NULL, NULL, NULL, NULL, NULL, NULL, 'manual'");
        _scene.ImportDatabase(Database, "America/New_York");
        BackupRun run = Assert.Single(_scene.Runs);

        Assert.Equal((RunKind.Mirror, RunStatus.Interrupted), (run.Kind, run.Status));
        Assert.Equal(new DateTime(2026, 2, 23, 13, 0, 0), run.StartedAt.DateTime, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_leave_out_what_the_log_tells_whichever_is_read_first(bool logFirst)
    {
        _scene.Append(LegacyScene.GoodRun("23"));
        Rows(
            "'daily_mirror', 'success', '2026-02-23 03:00:00', '2026-02-23 03:13:23', 802.0, 8081447228, 24265611, NULL, NULL, 'cron'",
            Cron("daily_mirror", "success", "2026-01-23 03:00:00"));
        if (logFirst) _scene.Import();
        LegacyImportResult database = _scene.ImportDatabase(Database, "Europe/Berlin");
        LegacyImportResult? log = logFirst ? null : _scene.Import();

        Assert.Equal(logFirst ? (1, 1) : (2, 0), (database.Added, database.LeftOut));
        if (log is not null) Assert.Equal((1, 1), (log.Added, log.Replaced));
        Assert.Equal([(1, 0L), (2, 24_265_611L)], _scene.Runs.Select(run => (run.StartedAt.Month, run.BytesSent)));
    }

    [Fact]
    public void Should_take_the_place_of_a_day_that_the_tracking_file_told_of()
    {
        File.WriteAllText(_scene.Tracking, "2026-02-23:success\n2026-02-24:success\n");
        _scene.Import();
        Rows(
            "'daily_mirror', 'success', '2026-02-23 03:00:00', '2026-02-23 03:13:23', 802.0, 8081447228, 24265611, NULL, NULL, 'cron'",
            Cron("daily_mirror", "success", "2026-02-24 03:00:00"));
        LegacyImportResult result = _scene.ImportDatabase(Database);

        Assert.Equal((1, 1, 1), (result.Added, result.Known, result.Replaced));
        Assert.Equal([24_265_611L, 0L], _scene.Runs.Select(run => run.BytesSent));
    }

    [Fact]
    public void Should_keep_a_second_run_of_a_day_that_only_the_tracking_file_told_of()
    {
        _scene.Append(LegacyScene.GoodRun("23"));
        File.WriteAllText(_scene.Tracking, "2026-02-23:success\n2026-02-23:success\n");
        _scene.Import();
        Rows(Cron("daily_mirror", "success", "2026-02-23 03:00:00"));
        LegacyImportResult result = _scene.ImportDatabase(Database);

        Assert.Equal((0, 0), (result.Added, result.Replaced));
        Assert.Equal(2, _scene.Runs.Count);
    }

    [Fact]
    public void Should_add_nothing_twice_and_nothing_in_a_dry_run()
    {
        Rows(Cron("daily_mirror", "success", "2026-02-22 03:00:00"), Cron("script_backup", "success", "2026-03-01 05:00:00"));

        Assert.Equal(2, _scene.ImportDatabase(Database, dryRun: true).Added);
        Assert.False(Directory.Exists(_scene.State));
        Assert.Equal(2, _scene.ImportDatabase(Database).Added);
        Assert.Equal((0, 2), (_scene.ImportDatabase(Database).Added, _scene.ImportDatabase(Database).Known));
        Assert.Equal([RunKind.Mirror, RunKind.ConfigBackup], _scene.Runs.Select(run => run.Kind));
    }

    [Fact]
    public void Should_read_a_database_in_use_with_its_latest_rows()
    {
        Rows(Cron("daily_mirror", "success", "2026-02-22 03:00:00"));
        using SqliteConnection user = SqliteFile.Open(Database, SqliteOpenMode.ReadWrite);
        SqliteFile.Execute(user, "PRAGMA journal_mode=WAL");
        SqliteFile.Execute(user, $"INSERT INTO backup_runs {Columns} VALUES ({Cron("daily_mirror", "success", "2026-02-23 03:00:00")}, 0)");

        Assert.Equal(2, _scene.ImportDatabase(Database).Added);
    }

    [Fact]
    public void Should_say_that_a_file_is_not_that_database()
    {
        Assert.Equal("LegacyDatabaseUnreadable", Assert.Throws<RePlexOnException>(() => _scene.ImportDatabase(Database)).ErrorId);
        File.WriteAllText(Database, new string('x', 5000));
        Assert.Equal("LegacyDatabaseForeign", Assert.Throws<RePlexOnException>(() => _scene.ImportDatabase(Database)).ErrorId);
        File.Delete(Database);
        using (SqliteConnection other = SqliteFile.Open(Database, SqliteOpenMode.ReadWriteCreate)) SqliteFile.Execute(other, "CREATE TABLE a (b)");
        Assert.Equal("LegacyDatabaseForeign", Assert.Throws<RePlexOnException>(() => _scene.ImportDatabase(Database)).ErrorId);
    }

    private const string Columns =
        "(backup_type, status, started_at, finished_at, duration_seconds, total_size_bytes, transferred_bytes, files_transferred, error_message, triggered_by, email_sent)";

    private static string Cron(string kind, string status, string start) => $"'{kind}', '{status}', '{start}', NULL, NULL, NULL, NULL, NULL, NULL, 'cron'";

    private void Rows(params string[] rows)
    {
        using SqliteConnection database = SqliteFile.Open(Database, SqliteOpenMode.ReadWriteCreate);
        SqliteFile.Execute(
            database,
            """
            CREATE TABLE backup_runs (
                id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, backup_type VARCHAR(20) NOT NULL, status VARCHAR(10) NOT NULL,
                started_at DATETIME NOT NULL, finished_at DATETIME, duration_seconds FLOAT, total_size_bytes INTEGER,
                transferred_bytes INTEGER, files_transferred INTEGER, error_message TEXT, raw_log TEXT, triggered_by VARCHAR(10) NOT NULL,
                email_sent BOOLEAN NOT NULL)
            """);
        foreach (string row in rows) SqliteFile.Execute(database, $"INSERT INTO backup_runs {Columns} VALUES ({row}, 0)");
    }
}
