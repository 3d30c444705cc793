using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Backup;

/// <summary>How jobs are judged against when they were due.</summary>
public sealed class JobStatusTests : IDisposable
{
    private static readonly DateTimeOffset Due = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private readonly FixedTime _time = new(Due);

    [Theory]
    // The newest run: how it stands, when it began and ended, in minutes from when it was due.
    [InlineData(null, 0, 0, BackupHealth.Overdue)]
    [InlineData(RunStatus.Succeeded, 0, 5, BackupHealth.Healthy)]
    [InlineData(RunStatus.Warning, 60, 65, BackupHealth.Healthy)]
    [InlineData(RunStatus.Succeeded, -5, 0, BackupHealth.Healthy)] // under way at that moment
    [InlineData(RunStatus.Succeeded, -1440, -1400, BackupHealth.Overdue)]
    [InlineData(RunStatus.Failed, 0, 5, BackupHealth.Failing)]
    [InlineData(RunStatus.Interrupted, 0, 5, BackupHealth.Failing)]
    [InlineData(RunStatus.Failed, -1440, -1400, BackupHealth.Overdue)] // not even tried
    [InlineData(RunStatus.Running, 0, null, BackupHealth.Running)]
    [InlineData(RunStatus.Running, -1440, null, BackupHealth.Overdue)] // hangs since the time before
    public void Should_judge_by_when_it_was_due(RunStatus? status, int began, int? ended, BackupHealth expected)
    {
        BackupRun? last = status is { } known ? Run(known, Due.AddMinutes(began), ended is { } end ? Due.AddMinutes(end) : null) : null;
        BackupRun? good = status is RunStatus.Succeeded or RunStatus.Warning ? last : null;

        Assert.Equal(expected, JobStatus.Judge(last, good, Due));
    }

    [Theory]
    [InlineData(null, BackupHealth.NeverRun)]
    [InlineData(RunStatus.Succeeded, BackupHealth.Healthy)]
    [InlineData(RunStatus.Failed, BackupHealth.Failing)]
    [InlineData(RunStatus.Running, BackupHealth.Running)]
    public void Should_judge_by_the_newest_run_where_nothing_was_due(RunStatus? status, BackupHealth expected)
    {
        BackupRun? last = status is { } known ? Run(known, Due, Due) : null;

        Assert.Equal(expected, JobStatus.Judge(last, status == RunStatus.Succeeded ? last : null, null));
    }

    [Fact]
    public void Should_not_have_been_due_before_it_was_scheduled_nor_within_its_grace()
    {
        TimeSpan grace = TimeSpan.FromHours(2);
        BackupSchedule schedule = Daily(ScheduleJob.Mirror);

        Assert.Equal(Due, JobStatus.LastDue(schedule, Due.AddHours(2), grace, TimeZoneInfo.Utc));
        Assert.Equal(Due.AddDays(-1), JobStatus.LastDue(schedule, Due.AddMinutes(119), grace, TimeZoneInfo.Utc));
        Assert.Null(JobStatus.LastDue(schedule with { Since = Due.AddHours(-1) }, Due.AddMinutes(119), grace, TimeZoneInfo.Utc));
        Assert.Null(JobStatus.LastDue(null, Due, grace, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Should_say_when_a_schedule_stopped_firing_and_when_it_is_back()
    {
        BackupSchedule[] schedules = [Daily(ScheduleJob.Mirror)];
        Record(RunKind.Mirror, RunStatus.Succeeded, Due, Due.AddMinutes(5));

        Assert.Equal(BackupHealth.Healthy, ReadAt(Due.AddDays(1).AddMinutes(119), schedules).Health);

        BackupStatus overdue = ReadAt(Due.AddDays(1).AddMinutes(121), schedules);
        Assert.Equal((BackupHealth.Overdue, ExitCode.Overdue), (overdue.Health, overdue.ExitCode));
        Assert.Equal(Due.AddDays(1), Assert.Single(overdue.Jobs).DueAt);
        Assert.Contains("2026-11-22 03:00", overdue.Summary, StringComparison.Ordinal);

        Record(RunKind.Mirror, RunStatus.Succeeded, Due.AddDays(1).AddHours(3), Due.AddDays(1).AddHours(4));
        Assert.Equal(BackupHealth.Healthy, ReadAt(Due.AddDays(1).AddHours(5), schedules).Health);
    }

    [Fact]
    public void Should_count_schedules_of_this_configuration_only()
    {
        Record(RunKind.Mirror, RunStatus.Succeeded, Due, Due.AddMinutes(5));
        BackupSchedule[] others = [Daily(ScheduleJob.Mirror) with { ConfigurationPath = "/else.json" }, Daily(ScheduleJob.Prune) with { IsLegacy = true }];

        BackupStatus status = ReadAt(Due.AddDays(9), others);

        Assert.Equal(BackupHealth.Healthy, status.Health);
        Assert.Null(Assert.Single(status.Jobs).DueAt);
    }

    [Fact]
    public void Should_name_another_job_that_is_in_trouble_while_the_mirror_is_well()
    {
        Record(RunKind.Mirror, RunStatus.Succeeded, Due.AddDays(1), Due.AddDays(1).AddMinutes(5));
        Record(RunKind.Verify, RunStatus.Failed, Due.AddDays(1), Due.AddDays(1).AddMinutes(5));

        BackupStatus status = ReadAt(Due.AddDays(1).AddHours(3), Daily(ScheduleJob.Mirror), Daily(ScheduleJob.Verify));

        Assert.Equal(BackupHealth.Failing, status.Health);
        Assert.Contains("verification", status.Summary, StringComparison.Ordinal);
        Assert.Equal([BackupHealth.Healthy, BackupHealth.Failing], status.Jobs.Select(job => job.Health));
    }

    [Fact]
    public void Should_write_metrics_that_name_each_job_and_replace_the_file_whole()
    {
        Record(RunKind.Mirror, RunStatus.Succeeded, Due, Due.AddMinutes(5));
        BackupStatus status = ReadAt(Due.AddDays(3), Daily(ScheduleJob.Mirror));
        string file = _folder.File("replexon.prom", "old");

        StatusMetrics.Write(status, file);

        string text = File.ReadAllText(file);
        Assert.Contains("replexon_health{state=\"Overdue\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("replexon_health{state=\"Healthy\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"replexon_job_last_success_time_seconds{{job=\"Mirror\"}} {Due.AddMinutes(5).ToUnixTimeSeconds()}\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Matches(@"^(# (HELP|TYPE) replexon_\w+ .+|replexon_\w+(\{\w+=""\w+""\})? [0-9.eE+]+)$", line));
        Assert.Equal([file], Directory.GetFiles(_folder.Path, "*.prom*"));
        Assert.Equal("MetricsNotWritable", Assert.Throws<RePlexOnException>(() => StatusMetrics.Write(status, _folder.At("no/x.prom"))).ErrorId);
    }

    public void Dispose() => _folder.Dispose();

    private BackupStatus ReadAt(DateTimeOffset now, params BackupSchedule[] schedules)
    {
        _time.Now = now;
        return new BackupStatusReader(_time).Read(
            new RePlexOnConfiguration { StateDirectory = _folder.At("state"), FilePath = "/etc/replexon/replexon.json" }, schedules);
    }

    private void Record(RunKind kind, RunStatus status, DateTimeOffset began, DateTimeOffset ended)
    {
        using HistoryStore history = HistoryStore.Open(_folder.At("state"), HistoryAccess.Write, _time);
        history.Add([Run(status, began, ended) with { Kind = kind }], CancellationToken.None);
    }

    private static BackupRun Run(RunStatus status, DateTimeOffset began, DateTimeOffset? ended) => new()
    {
        Id = Guid.NewGuid().ToString(), Kind = RunKind.Mirror, Trigger = RunTrigger.Schedule, Status = status,
        StartedAt = began, EndedAt = ended, Host = "host", ToolVersion = "0.1.0",
        ExitCode = status == RunStatus.Failed ? ExitCode.Failed : null,
    };

    private static BackupSchedule Daily(ScheduleJob job) => new()
    {
        Job = job, Expression = "0 3 * * *", Description = "Every day at 03:00", Place = SchedulePlace.Crontab,
        Location = "the crontab of root", Command = "/bin/true", ConfigurationPath = "/etc/replexon/replexon.json",
        Since = Due.AddYears(-1),
    };
}
