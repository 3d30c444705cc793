using RePlexOn.History;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

/// <summary>What stands in a first system's log, and what it is taken for.</summary>
public sealed class LogImportTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_read_a_run_with_its_times_and_figures()
    {
        _scene.Append(LegacyScene.GoodRun("23"));
        LegacyImportResult result = _scene.Import();
        BackupRun run = Assert.Single(_scene.Runs);

        Assert.Equal(1, result.Added);
        Assert.Equal((RunKind.Mirror, RunTrigger.Imported, RunStatus.Succeeded), (run.Kind, run.Trigger, run.Status));
        Assert.Equal(new DateTimeOffset(2026, 2, 23, 3, 0, 1, TimeSpan.FromHours(-5)), run.StartedAt);
        Assert.Equal(TimeSpan.FromHours(-5), run.StartedAt.Offset);
        Assert.Equal(TimeSpan.FromSeconds(802), run.Duration);
        Assert.Equal((24_265_611L, 8_081_447_228L), (run.BytesSent, run.BytesTotal));
    }

    [Fact]
    public void Should_take_a_snapshot_that_failed_for_a_failure_and_its_backup_for_a_success()
    {
        _scene.Append(LegacyScene.GoodRun("22")).AppendLines(
            "Sunday detected - creating weekly snapshot",
            "The source and destination cannot both be remote.",
            "rsync error: syntax or usage error (code 1) at main.c(1428) [Receiver=3.2.7]",
            "WARNING: Weekly snapshot failed with code 1");
        _scene.Import();

        Assert.Equal([(RunKind.Mirror, RunStatus.Succeeded), (RunKind.Snapshot, RunStatus.Failed)], Outcomes());
        Assert.Equal(_scene.Runs[0].EndedAt, _scene.Runs[1].StartedAt);
        Assert.Contains("syntax or usage error", _scene.Runs[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_not_give_the_backup_what_rsync_said_of_the_snapshot()
    {
        _scene.Append(LegacyScene.GoodRun("22")).AppendLines(
            "Sunday detected - creating weekly snapshot", "sent 7 bytes  received 8 bytes  9.00 bytes/sec", "total size is 10  speedup is 1.00",
            "Weekly snapshot created: plex-snapshots/2026-02-22/");
        _scene.Import();

        Assert.Equal([(24_265_611L, 8_081_447_228L), (7L, 10L)], _scene.Runs.Select(run => (run.BytesSent, run.BytesTotal)));
        Assert.Contains("2026-02-22", _scene.Runs[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, RunStatus.Warning, ExitCode.Incomplete)]
    [InlineData(20, RunStatus.Cancelled, ExitCode.Cancelled)]
    [InlineData(10, RunStatus.Failed, ExitCode.TargetUnreachable)]
    [InlineData(5, RunStatus.Failed, ExitCode.Refused)]
    [InlineData(23, RunStatus.Failed, ExitCode.Failed)]
    [InlineData(99, RunStatus.Failed, ExitCode.Failed)]
    public void Should_tell_failures_by_what_rsync_means_by_them(int code, RunStatus status, ExitCode exitCode)
    {
        _scene.AppendLines(
            "=== Plex Backup Started: Mon Feb 23 03:00:01 UTC 2026 ===",
            $"=== Plex Backup FAILED with code {code}: Mon Feb 23 03:01:01 UTC 2026 ===");
        _scene.Import();
        BackupRun run = Assert.Single(_scene.Runs);

        Assert.Equal((status, exitCode), (run.Status, run.ExitCode!.Value));
    }

    [Theory]
    [InlineData("Metadata/Movies/half a li")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("  1,234,567  12%  1.20MB/s    0:00:01\r")]
    [InlineData("=== Plex Backup Compl")]
    [InlineData("=== Plex Backup Completed Successfully: Sun Feb")]
    public void Should_find_the_run_after_one_that_crashed_in_the_middle_of_a_line(string half)
    {
        _scene.Append("=== Plex Backup Started: Sun Feb 22 03:00:01 EST 2026 ===\n" + half).Append(LegacyScene.GoodRun("23"));
        _scene.Rest().Import();

        Assert.Equal([(RunKind.Mirror, RunStatus.Interrupted), (RunKind.Mirror, RunStatus.Succeeded)], Outcomes());
        Assert.Equal(TimeSpan.Zero, _scene.Runs[0].Duration);
    }

    [Fact]
    public void Should_find_runs_before_and_after_more_zeros_than_fit_in_memory_at_once()
    {
        _scene.Append(LegacyScene.GoodRun("22"));
        _scene.AppendBytes(new byte[3_000_001]);
        _scene.Append(LegacyScene.GoodRun("23"));
        for (int i = 0; i < 600_000; i += 100_000) _scene.AppendBytes(new byte[100_000 - 7]);
        _scene.Append(LegacyScene.GoodRun("24"));
        _scene.Import();

        Assert.Equal(3, _scene.Runs.Count(run => run.Status == RunStatus.Succeeded && run.BytesSent == 24_265_611));
    }

    [Fact]
    public void Should_read_dates_of_a_locale_that_is_not_utf8()
    {
        _scene.AppendLatin1("=== Plex Backup Started: Di 24. Mär 15:04:05 CET 2026 ===\ncaf\u00e9 \u00ff\n=== Plex Backup Completed Successfully: Di 24. Mär 15:04:06 CET 2026 ===\n");
        _scene.Import();

        Assert.Equal(new DateTimeOffset(2026, 3, 24, 14, 4, 5, TimeSpan.Zero), Assert.Single(_scene.Runs).StartedAt);
    }

    [Fact]
    public void Should_tell_two_runs_at_once_from_a_crash()
    {
        _scene.AppendLines(
            "=== Plex Backup Started: Mon Feb 23 03:00:00 UTC 2026 ===",
            "=== Plex Backup Started: Mon Feb 23 10:00:00 UTC 2026 ===",
            "=== Plex Backup Completed Successfully: Mon Feb 23 10:10:00 UTC 2026 ===",
            "=== Plex Backup Completed Successfully: Mon Feb 23 18:00:00 UTC 2026 ===");
        _scene.Import();

        Assert.Equal([TimeSpan.FromHours(15), TimeSpan.FromMinutes(10)], _scene.Runs.Select(run => run.Duration));
        Assert.All(_scene.Runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
    }

    [Fact]
    public void Should_give_a_clean_up_and_a_backup_of_scripts_within_a_long_backup_what_is_theirs()
    {
        _scene.AppendLines(
            "=== Plex Backup Started: Sun Mar  1 03:00:00 UTC 2026 ===",
            "=== Plex Snapshot Cleanup - Sun Mar  1 04:00:00 UTC 2026 ====",
            "Only 2 snapshots found (keeping 4). Nothing to clean.", "Cleanup complete.",
            "=== Script Config Backup Started: Sun Mar  1 05:00:00 UTC 2026 ===",
            "sent 5 bytes  received 6 bytes  1.00 bytes/sec", "total size is 50  speedup is 1.00",
            "=== Script Config Backup Completed: Sun Mar  1 05:00:02 UTC 2026 ===",
            "sent 700 bytes  received 6 bytes  1.00 bytes/sec", "total size is 900  speedup is 1.00",
            "=== Plex Backup Completed Successfully: Sun Mar  1 06:00:00 UTC 2026 ===");
        _scene.Import();

        Assert.Equal(
            [(RunKind.Mirror, 700L), (RunKind.Prune, 0L), (RunKind.ConfigBackup, 5L)], _scene.Runs.Select(run => (run.Kind, run.BytesSent)));
        Assert.All(_scene.Runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
    }

    [Fact]
    public void Should_not_believe_a_clean_up_that_removed_less_than_it_says_or_reached_nothing()
    {
        _scene.AppendLines(
            "=== Plex Snapshot Cleanup - Sun Mar  1 04:00:00 UTC 2026 ====", "Found 7 snapshots, keeping 4, deleting 3 oldest",
            "Deleting: /volume1/x/2026-01-04/", "Cleanup complete. Removed 3 old snapshot(s).",
            "=== Plex Snapshot Cleanup - Sun Mar  8 04:00:00 UTC 2026 ====", "ssh: connect to host 192.168.1.100 port 22: No route to host",
            "Only 0 snapshots found (keeping 4). Nothing to clean.", "Cleanup complete.",
            "=== Plex Snapshot Cleanup - Sun Mar 15 04:00:00 UTC 2026 ====", "Only 0 snapshots found (keeping 4). Nothing to clean.");
        _scene.Import();

        Assert.Equal([RunStatus.Warning, RunStatus.Failed, RunStatus.Warning], _scene.Runs.Select(run => run.Status));
        Assert.Equal(1, _scene.Runs[0].FilesDeleted);
        Assert.Contains("No route to host", _scene.Runs[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_wait_for_a_run_under_way_and_give_it_up_after_two_days()
    {
        _scene.AppendLines("=== Plex Backup Started: Sat Nov 21 03:00:00 UTC 2026 ===");
        File.SetLastWriteTimeUtc(_scene.Log, _scene.Time.Now.UtcDateTime);
        File.WriteAllText(_scene.Tracking, "2026-11-21:success\n");

        LegacyImportResult now = _scene.Import();
        Assert.Equal((0, 1), (now.Added, now.Notes.Count));
        Assert.Equal(0, _scene.Import().Added);

        _scene.Time.Now = _scene.Time.Now.AddDays(3);
        // The tracking file says that one went well on that day, and the log that one did not end.
        Assert.Equal(2, _scene.Import().Added);
        Assert.Equal([RunStatus.Interrupted, RunStatus.Succeeded], _scene.Runs.Select(run => run.Status).Order().Reverse());
    }

    [Fact]
    public void Should_finish_a_run_that_was_under_way_the_last_time()
    {
        string[] lines = LegacyScene.GoodRun("23").Split('\n');
        _scene.Append(string.Join('\n', lines[..5]) + "\ntotal si").Time.Now = new DateTimeOffset(2026, 2, 23, 8, 5, 0, TimeSpan.Zero);
        Assert.Equal(0, _scene.Import().Added);
        _scene.Append("ze is 8,081,447,228  speedup is 58.36\n" + lines[6] + "\n");
        LegacyImportResult result = _scene.Import();

        Assert.Equal(1, result.Added);
        Assert.True(result.BytesRead < 200);
        Assert.Equal((24_265_611L, 8_081_447_228L), (_scene.Runs[0].BytesSent, _scene.Runs[0].BytesTotal));
    }

    [Fact]
    public void Should_read_an_end_whose_beginning_was_cut_off()
    {
        _scene.Append(LegacyScene.GoodRun("23")[60..]);
        _scene.Import();

        Assert.Equal((RunStatus.Succeeded, TimeSpan.Zero), (Assert.Single(_scene.Runs).Status, _scene.Runs[0].Duration));
    }

    [Fact]
    public void Should_not_take_a_clock_that_was_set_back_for_a_negative_time()
    {
        _scene.Append(LegacyScene.GoodRun("23", "03:00:01", "02:59:00"));
        _scene.Import();

        Assert.Equal((RunStatus.Succeeded, TimeSpan.Zero), (Assert.Single(_scene.Runs).Status, _scene.Runs[0].Duration));
        Assert.Contains("clock", _scene.Runs[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_runs_apart_that_began_within_one_second()
    {
        string[] failure =
        [
            "=== Plex Backup Started: Mon Feb 23 03:00:01 UTC 2026 ===", "=== Plex Backup FAILED with code 1: Mon Feb 23 03:00:01 UTC 2026 ===",
        ];
        _scene.AppendLines(failure).Import();
        _scene.AppendLines([.. failure, .. failure]).Import();

        Assert.Equal(3, _scene.Runs.Count);
    }

    [Fact]
    public void Should_say_which_date_it_could_not_read()
    {
        _scene.AppendLines("=== Plex Backup Started: gestern abend ===", "=== Plex Backup Completed Successfully: Mon Feb 23 03:00:01 UTC 2026 ===");
        LegacyImportResult result = _scene.Import();

        Assert.Contains("gestern abend", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal(1, result.Added);
    }

    [Fact]
    public void Should_change_nothing_in_a_dry_run()
    {
        _scene.Append(LegacyScene.GoodRun("23"));
        LegacyImportResult result = _scene.Import(dryRun: true);

        Assert.Equal((1, true), (result.Added, result.IsDryRun));
        Assert.False(Directory.Exists(_scene.State));
        Assert.Equal(1, _scene.Import().Added);
        _scene.Append(LegacyScene.GoodRun("24"));
        Assert.Equal(1, _scene.Import(dryRun: true).Added);
        Assert.Single(_scene.Runs);
    }

    [Fact]
    public void Should_say_where_a_log_is_missing_or_cannot_be_read()
    {
        Assert.Equal("LegacyLogMissing", Assert.Throws<RePlexOnException>(() => _scene.Import()).ErrorId);
        Directory.CreateDirectory(_scene.Log);
        Assert.Equal("LegacyLogUnreadable", Assert.Throws<RePlexOnException>(() => _scene.Import()).ErrorId);
    }

    private IEnumerable<(RunKind, RunStatus)> Outcomes() => _scene.Runs.Select(run => (run.Kind, run.Status));
}
