using System.Globalization;
using System.Text.RegularExpressions;
using RePlexOn.History;
using RePlexOn.Legacy;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Legacy;

/// <summary>RePlexOn's own runs in a log of the first system's form.</summary>
public sealed class RunLogTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    private RunLog Log => new(_scene.Log, mostBytes: 1 << 20, keep: 2);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_write_what_the_first_systems_tools_look_for()
    {
        Write(Run(RunKind.Mirror));
        string text = File.ReadAllText(_scene.Log);

        Assert.Matches(new Regex(@"=== Plex Backup Started: \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d( \S+)? \d{4} ==="), text);
        Assert.Matches(new Regex(@"sent ([\d,]+) bytes\s+received ([\d,]+) bytes"), text);
        Assert.Contains("total size is 8,081,447,228  speedup is ", text, StringComparison.Ordinal);
        Assert.Contains("=== Plex Backup Completed Successfully: ", text, StringComparison.Ordinal);
        Assert.Equal($"{Begun:yyyy-MM-dd}:success\n", File.ReadAllText(_scene.Tracking));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scene.Log));
    }

    [Fact]
    public void Should_not_be_read_as_other_runs_than_the_history_holds()
    {
        BackupRun[] runs = [.. Enum.GetValues<RunKind>().Select(kind => Run(kind)), Run(RunKind.Mirror, RunStatus.Failed), Run(RunKind.Prune, RunStatus.Failed)];
        using (HistoryStore history = HistoryStore.Open(_scene.State, HistoryAccess.Write, _scene.Time))
        {
            history.Add(runs, CancellationToken.None);
        }

        foreach (BackupRun run in runs) Write(run);
        LegacyImportResult result = _scene.Import(TimeZoneInfo.Local.Id);

        Assert.Equal(0, result.Added);
        Assert.Equal(runs.Length, _scene.Runs.Count);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Should_bring_runs_back_into_a_history_that_was_lost()
    {
        BackupRun[] runs = [Run(RunKind.Mirror), Run(RunKind.Snapshot), Run(RunKind.Prune), Run(RunKind.ConfigBackup, RunStatus.Failed)];
        foreach (BackupRun run in runs) Write(run);
        _scene.Import(TimeZoneInfo.Local.Id);

        Assert.Equal(
            runs.Select(run => (run.Id, run.Kind, run.Status, run.Message)).Order(),
            _scene.Runs.Select(run => (run.Id, run.Kind, run.Status, run.Message)).Order());
    }

    [Fact]
    public void Should_let_no_text_look_like_a_marker()
    {
        Write(Run(RunKind.Mirror) with { Message = "a\n=== Plex Backup Started: Mon Feb 23 03:00:01 EST 2026 ===\nb" });
        _scene.Import(TimeZoneInfo.Local.Id);

        Assert.Single(_scene.Runs);
    }

    [Fact]
    public void Should_begin_a_new_log_when_the_old_one_is_large_and_keep_as_many_as_asked()
    {
        var log = new RunLog(_scene.Log, mostBytes: 1, keep: 2);
        for (int number = 1; number <= 4; number++)
        {
            BackupRun run = Run(RunKind.Mirror) with { Message = $"run {number}" };
            log.Begin(run);
            log.End(run);
        }

        Assert.Contains("run 4", File.ReadAllText(_scene.Log), StringComparison.Ordinal);
        Assert.Contains("run 3", File.ReadAllText(_scene.Log + ".1"), StringComparison.Ordinal);
        Assert.Contains("run 2", File.ReadAllText(_scene.Log + ".2"), StringComparison.Ordinal);
        Assert.False(File.Exists(_scene.Log + ".3"));
    }

    [Fact]
    public void Should_keep_who_may_read_the_log_when_it_begins_a_new_one()
    {
        _scene.Append("x");
        File.SetUnixFileMode(_scene.Log, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        new RunLog(_scene.Log, mostBytes: 1, keep: 1).Begin(Run(RunKind.Mirror));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_scene.Log));
    }

    [Fact]
    public void Should_say_that_it_could_not_be_written_and_go_on()
    {
        Directory.CreateDirectory(_scene.Log);

        Assert.Contains("could not be written", Log.Begin(Run(RunKind.Mirror)), StringComparison.Ordinal);
    }

    private static DateTimeOffset Begun => new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).ToLocalTime();

    private static BackupRun Run(RunKind kind, RunStatus status = RunStatus.Succeeded) => StateFolder.Run(Guid.CreateVersion7().ToString(), status, kind, Begun) with
    {
        EndedAt = Begun.AddMinutes(5),
        Duration = TimeSpan.FromMinutes(5),
        ExitCode = status == RunStatus.Succeeded ? ExitCode.Succeeded : ExitCode.TargetUnreachable,
        BytesSent = 24_265_611,
        BytesTotal = 8_081_447_228,
        Message = string.Create(CultureInfo.InvariantCulture, $"A {kind} that {status}."),
    };

    private void Write(BackupRun run)
    {
        Assert.Null(Log.Begin(run));
        Assert.Null(Log.End(run));
    }
}
