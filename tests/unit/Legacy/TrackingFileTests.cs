using RePlexOn.History;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

public sealed class TrackingFileTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_lie_beside_the_log() =>
        Assert.Equal("/var/log/plex-backup-tracking.log", TrackingFile.BesideLog(LogImportOptions.DefaultPath));

    [Fact]
    public void Should_add_only_what_the_log_does_not_tell()
    {
        _scene.Append(LegacyScene.GoodRun("23"));
        Track("2026-02-21:failed", "2026-02-21:success", "2026-02-23:success", "", "nonsense", "2026-02-30:success", "2026-02-22:running");
        LegacyImportResult result = _scene.Import();

        Assert.Equal((3, 2), (result.Added, result.AddedByDay));
        Assert.Equal(
            [(21, RunStatus.Succeeded), (21, RunStatus.Failed), (23, RunStatus.Succeeded)],
            _scene.Runs.Select(run => (run.StartedAt.Day, run.Status)).Order());
    }

    [Fact]
    public void Should_keep_a_success_after_a_failure_on_the_same_day()
    {
        _scene.AppendLines(
            "=== Plex Backup Started: Mon Feb 23 03:00:01 UTC 2026 ===", "=== Plex Backup FAILED with code 10: Mon Feb 23 03:00:05 UTC 2026 ===");
        Track("2026-02-23:failed", "2026-02-23:success");
        _scene.Import();

        Assert.Equal([RunStatus.Succeeded, RunStatus.Failed], _scene.Runs.Select(run => run.Status));
    }

    [Fact]
    public void Should_give_way_once_the_log_tells()
    {
        Track("2026-02-23:success");
        _scene.Import();
        Assert.Single(_scene.Runs);
        _scene.Append(LegacyScene.GoodRun("23"));
        LegacyImportResult result = _scene.Import();

        Assert.Equal((1, 1), (result.Added, result.Replaced));
        Assert.Equal(24_265_611L, Assert.Single(_scene.Runs).BytesSent);
    }

    [Fact]
    public void Should_know_that_vanished_files_were_a_failure_to_the_first_system()
    {
        _scene.AppendLines(
            "=== Plex Backup Started: Mon Feb 23 03:00:01 UTC 2026 ===", "=== Plex Backup FAILED with code 24: Mon Feb 23 03:09:05 UTC 2026 ===");
        Track("2026-02-23:failed");
        _scene.Import();

        Assert.Equal(RunStatus.Warning, Assert.Single(_scene.Runs).Status);
    }

    private void Track(params string[] lines) => File.WriteAllLines(_scene.Tracking, lines);
}
