using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Alerts;

/// <summary>What is told by itself: over a real history and a real web server, by a clock that the test sets.</summary>
public sealed class AlertRulesTests : IDisposable
{
    // A Sunday; the digest is due on Wednesdays.
    private static readonly DateTimeOffset Due = new(2026, 11, 22, 3, 0, 0, TimeSpan.FromHours(1));

    private readonly ScratchFolder _folder = new();
    private readonly WebServer _server = new();
    private readonly ImpatientTime _time = new(Due);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_tell_once_of_a_schedule_that_stopped_firing_and_once_that_it_is_back()
    {
        Record(RunStatus.Succeeded, Due);

        Assert.Empty(await CheckAsync(Due.AddDays(1).AddMinutes(119)));
        AlertRecord overdue = Assert.Single(await CheckAsync(Due.AddDays(1).AddMinutes(121)));
        Assert.Empty(await CheckAsync(Due.AddDays(1).AddHours(20)));
        Assert.Empty(await CheckAsync(Due.AddDays(2).AddHours(3))); // missed again: the same trouble
        Record(RunStatus.Succeeded, Due.AddDays(3));
        AlertRecord recovery = Assert.Single(await CheckAsync(Due.AddDays(3).AddHours(1)));
        Assert.Empty(await CheckAsync(Due.AddDays(3).AddHours(2)));

        Assert.Equal((AlertKind.Overdue, "Mirror"), (overdue.Kind, overdue.Topic));
        Assert.Contains("2026-11-23 03:00", overdue.Alert.Text, StringComparison.Ordinal);
        Assert.Equal(AlertKind.Recovery, recovery.Kind);
        Assert.Contains(recovery.Alert.Facts, fact => fact is { Name: "It was", Value: "A backup is overdue" });
        Assert.Equal(["Overdue", "Recovery"], Told);
    }

    [Fact]
    public async Task Should_tell_anew_of_the_same_trouble_after_a_recovery()
    {
        await EndAsync(RunStatus.Failed, Due, "TargetUnreachable");
        await EndAsync(RunStatus.Failed, Due.AddDays(1), "TargetUnreachable");
        await EndAsync(RunStatus.Succeeded, Due.AddDays(2));
        await EndAsync(RunStatus.Succeeded, Due.AddDays(3));
        await EndAsync(RunStatus.Failed, Due.AddDays(4), "TargetUnreachable");

        Assert.Equal(["Failure", "Recovery", "Failure"], Told);
    }

    [Fact]
    public async Task Should_tell_of_each_new_trouble_once_though_they_take_turns()
    {
        string[] errors = ["TargetUnreachable", "NoRoom", "TargetUnreachable", "NoRoom"];
        for (int day = 0; day < errors.Length; day++) await EndAsync(RunStatus.Failed, Due.AddDays(day), errors[day]);

        Assert.Equal(["TargetUnreachable", "NoRoom"], _server.Requests.Select(request => request.Json.GetProperty("trouble").GetString()));
    }

    [Fact]
    public async Task Should_take_warnings_that_differ_in_numbers_alone_for_the_same()
    {
        await EndAsync(RunStatus.Warning, Due, warnings: ["3 files could not be read"]);
        await EndAsync(RunStatus.Warning, Due.AddDays(1), warnings: ["14 files could not be read"]);
        await EndAsync(RunStatus.Warning, Due.AddDays(2), warnings: ["A share is not mounted"]);

        Assert.Equal(["Warning", "Warning"], Told);
    }

    [Fact]
    public async Task Should_take_a_run_with_warnings_for_well_where_they_are_not_wanted()
    {
        var quiet = new AlertSettings { DigestOn = DigestDay.Never, Warnings = false };
        await EndAsync(RunStatus.Failed, Due, "NoRoom", settings: quiet);
        await EndAsync(RunStatus.Warning, Due.AddDays(1), warnings: ["x"], settings: quiet);
        await EndAsync(RunStatus.Warning, Due.AddDays(2), warnings: ["y"], settings: quiet);

        Assert.Equal(["Failure", "Recovery"], Told);
    }

    [Theory]
    [InlineData(AlertedRuns.Scheduled, RunTrigger.Schedule, true)]
    [InlineData(AlertedRuns.Scheduled, RunTrigger.Interactive, false)]
    [InlineData(AlertedRuns.Scheduled, RunTrigger.Dashboard, false)]
    [InlineData(AlertedRuns.All, RunTrigger.Interactive, true)]
    [InlineData(AlertedRuns.All, RunTrigger.Imported, false)]
    [InlineData(AlertedRuns.None, RunTrigger.Schedule, false)]
    public void Should_concern_the_runs_that_the_settings_say(AlertedRuns setting, RunTrigger trigger, bool concerns) =>
        Assert.Equal(concerns, AlertRules.Concerns(new AlertSettings { Runs = setting }, trigger));

    [Fact]
    public async Task Should_say_nothing_of_a_run_that_found_another_one_at_work()
    {
        await EndAsync(RunStatus.Failed, Due, "Locked", exitCode: ExitCode.Locked);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Should_tell_of_a_scheduled_run_that_died_without_a_word_and_of_no_interactive_one()
    {
        Record(RunStatus.Interrupted, Due, "Interrupted");
        AlertRecord told = Assert.Single(await CheckAsync(Due.AddHours(1)));
        Assert.Equal((AlertKind.Failure, "The backup was cut off"), (told.Kind, told.Alert.Title));

        Record(RunStatus.Failed, Due.AddHours(2), "NoRoom", trigger: RunTrigger.Interactive);
        Assert.Empty(await CheckAsync(Due.AddHours(3)));
    }

    [Fact]
    public async Task Should_tell_of_a_dead_run_with_the_next_one_where_nothing_else_looks()
    {
        BackupRun dead = Record(RunStatus.Interrupted, Due, "Interrupted");
        BackupRun atPrompt = Record(RunStatus.Interrupted, Due.AddHours(1), "Interrupted", trigger: RunTrigger.Interactive);
        BackupRun next = Record(RunStatus.Succeeded, _time.Now = Due.AddDays(1));
        using HistoryStore history = Open();
        using var alerts = new RunAlerts(Configuration(), RunTrigger.Schedule, _time);

        alerts.Begin(RunKind.Mirror, [dead, atPrompt]);
        await alerts.EndAsync(next, history, CancellationToken.None);

        Assert.Equal(["Failure", "Recovery"], Told);
        Assert.Equal(dead.Id, _server.Requests[0].Json.GetProperty("runId").GetString());
    }

    [Fact]
    public async Task Should_try_again_later_what_did_not_arrive_and_not_when_it_did()
    {
        _server.Answer(500, 500, 500);
        await EndAsync(RunStatus.Failed, Due, "NoRoom");
        Assert.Equal((DeliveryStatus.Failed, 3, "WebTrouble"), Delivery(_ => true));

        AlertRecord retried = Assert.Single(await CheckAsync(Due.AddHours(1)));
        Assert.Equal((DeliveryStatus.Delivered, 4, null), Delivery(one => one.Number == retried.Number));
        Assert.Empty(await CheckAsync(Due.AddHours(2)));
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task Should_not_tell_old_news_once_it_is_well_again()
    {
        _server.Answer(404);
        await EndAsync(RunStatus.Failed, Due, "NoRoom");
        await EndAsync(RunStatus.Succeeded, Due.AddDays(1));
        Assert.Empty(await CheckAsync(Due.AddDays(1).AddHours(1)));

        Assert.Equal(["Failure", "Recovery"], Told);
    }

    [Fact]
    public async Task Should_try_again_what_a_process_left_that_died()
    {
        using (HistoryStore history = Open())
        {
            new AlertHistory(history).Add(
                AlertTextTests.Sample() with { At = Due }, "subject", [new("json", DeliveryStatus.Pending, Due, 0, null, null, null)]);
        }

        Record(RunStatus.Failed, Due, "TargetUnreachable");
        Assert.Empty(await CheckAsync(Due.AddMinutes(9)));
        Assert.Single(await CheckAsync(Due.AddMinutes(11)));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Should_prove_each_week_that_alerts_arrive()
    {
        var weekly = new AlertSettings { DigestOn = DigestDay.Wednesday };
        Record(RunStatus.Succeeded, Due);
        Record(RunStatus.Failed, Due.AddDays(-2), "NoRoom");
        for (int day = 0; day < 15; day++)
        {
            Record(RunStatus.Succeeded, Due.AddDays(day));
            await CheckAsync(Due.AddDays(day).AddHours(6), weekly);
            await CheckAsync(Due.AddDays(day).AddHours(7), weekly);
        }

        // At once, to be seen that it works; then on Wednesdays.
        Assert.Equal(
            ["Week from 2026-11-18", "Week from 2026-11-25", "Week from 2026-12-02"],
            _server.Requests.Select(request => request.Json.GetProperty("trouble").GetString()));
        Assert.Equal("The backups are well", _server.Requests[0].Json.GetProperty("title").GetString());
        Assert.Contains("of which 1 failed", _server.Requests[0].Json.GetProperty("facts").GetProperty("Runs in 7 days").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DigestDay.Sunday, "2026-11-22")]
    [InlineData(DigestDay.Monday, "2026-11-16")]
    [InlineData(DigestDay.Saturday, "2026-11-21")]
    public void Should_know_since_when_a_digest_is_due(DigestDay day, string expected) =>
        Assert.Equal(expected, WeeklyDigest.DueOn(day, new DateOnly(2026, 11, 22)).ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Should_tell_what_another_room_raises_once_until_its_time_is_over()
    {
        var alert = new Alert
        {
            Kind = AlertKind.Security, Topic = "Access", Trouble = "203.0.113.7", RepeatAfter = TimeSpan.FromHours(24),
            Title = "Somebody tries tokens", Text = "40 refused requests from 203.0.113.7 in a minute.", At = Due,
        };
        var center = new AlertCenter(_time);

        Assert.NotNull(await center.RaiseAsync(Configuration(), alert));
        Assert.Null(await center.RaiseAsync(Configuration(), alert with { At = Due.AddHours(23) }));
        Assert.NotNull(await center.RaiseAsync(Configuration(), alert with { Trouble = "203.0.113.8", At = Due.AddHours(23) }));
        Assert.NotNull(await center.RaiseAsync(Configuration(), alert with { At = Due.AddHours(25) }));
        Assert.Null(await center.RaiseAsync(new RePlexOnConfiguration { StateDirectory = _folder.At("other") }, alert));
        Assert.False(Directory.Exists(_folder.At("other")));
    }

    [Fact]
    public async Task Should_tell_once_though_two_processes_find_it_out_at_once()
    {
        Record(RunStatus.Failed, Due, "NoRoom");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CheckAsync(Due))));

        Assert.Equal(["Failure"], Told);
    }

    [Fact]
    public async Task Should_keep_all_of_an_alert_in_the_history()
    {
        Record(RunStatus.Succeeded, Due.AddDays(-1));
        await EndAsync(RunStatus.Failed, Due, "NoRoom");

        using HistoryStore history = HistoryStore.Open(_folder.At("state"), HistoryAccess.Read, _time);
        AlertRecord kept = Assert.Single(new AlertHistory(history).Newest(10));
        Assert.Equal((Due, "NoRoom", true), (kept.At, kept.Alert.Trouble, kept.IsDelivered));
        Assert.Equal("2026-11-21 03:05:00 +01:00, 23 hours ago", kept.Alert.Facts.Single(fact => fact.Name == "Last good").Value);
        Assert.Equal("What to do is known.", kept.Alert.Advice);
        Assert.Equal(2, kept.Alert.Lines.Count);
    }

    private IEnumerable<string> Told => _server.Requests.Select(request => request.Json.GetProperty("kind").GetString()!);

    private (DeliveryStatus, int, string?) Delivery(Func<AlertRecord, bool> which)
    {
        using HistoryStore history = Open();
        AlertDelivery delivery = new AlertHistory(history).Newest(10).Single(which).Deliveries.Single();
        return (delivery.Status, delivery.Attempts, delivery.ErrorId);
    }

    private RePlexOnConfiguration Configuration(AlertSettings? settings = null) => new()
    {
        StateDirectory = _folder.At("state"), FilePath = "/etc/replexon/replexon.json",
        Webhooks = new WebhookSettings { Json = _server.Address + "/hook" }, Alerts = settings ?? new AlertSettings { DigestOn = DigestDay.Never },
    };

    private async Task<IReadOnlyList<AlertRecord>> CheckAsync(DateTimeOffset now, AlertSettings? settings = null)
    {
        _time.Now = now;
        var schedule = new BackupSchedule
        {
            Job = ScheduleJob.Mirror, Expression = "0 3 * * *", Description = "Every day at 03:00", Place = SchedulePlace.Crontab,
            Location = "the crontab of root", Command = "/bin/true", ConfigurationPath = "/etc/replexon/replexon.json", Since = Due.AddYears(-1),
        };
        RePlexOnConfiguration configuration = Configuration(settings);
        return await new AlertCenter(_time).CheckAsync(configuration, new BackupStatusReader(_time).Read(configuration, [schedule]));
    }

    /// <summary>A run ends as the recorder has it end.</summary>
    private async Task EndAsync(
        RunStatus status, DateTimeOffset at, string? errorId = null, string[]? warnings = null, ExitCode? exitCode = null, AlertSettings? settings = null)
    {
        _time.Now = at;
        BackupRun run = Record(status, at, errorId, warnings, exitCode);
        using HistoryStore history = Open();
        using var alerts = new RunAlerts(Configuration(settings), RunTrigger.Schedule, _time);
        await alerts.EndAsync(run, history, CancellationToken.None);
    }

    private BackupRun Record(
        RunStatus status, DateTimeOffset at, string? errorId = null, string[]? warnings = null, ExitCode? exitCode = null,
        RunTrigger trigger = RunTrigger.Schedule)
    {
        var run = new BackupRun
        {
            Id = Guid.NewGuid().ToString(), Kind = RunKind.Mirror, Trigger = trigger, Status = status, StartedAt = at, EndedAt = at.AddMinutes(5),
            Host = "nas", ToolVersion = "0.1.0", ErrorId = errorId, Warnings = warnings ?? [], Message = "It ended.", Advice = "What to do is known.",
            ExitCode = exitCode ?? (status is RunStatus.Succeeded ? ExitCode.Succeeded : ExitCode.Failed),
        };
        using HistoryStore history = Open();
        history.Add([run], CancellationToken.None);
        return run;
    }

    private HistoryStore Open() => HistoryStore.Open(_folder.At("state"), HistoryAccess.Write, _time);
}
