using System.Text.Json;
using RePlexOn.Alerts;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>What runs of the whole tool tell by themselves, to a real web server.</summary>
public sealed class AlertTests(Places places) : IClassFixture<Places>, IDisposable
{
    private readonly WebServer _server = new();

    private IEnumerable<string?> Kinds => To("/hook").Select(request => request.Json.GetProperty("kind").GetString());

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Should_tell_once_of_scheduled_backups_that_fail_and_once_that_it_is_well_again()
    {
        using Scene scene = NewScene();
        string aside = scene.Place.Folder + " aside";
        Directory.Move(scene.Place.Folder, aside);

        CommandResult failed = await scene.CommandAsync("backup", "--scheduled");
        await scene.CommandAsync("backup", "--scheduled");
        Directory.Move(aside, scene.Place.Folder);
        CommandResult good = await scene.CommandAsync("backup", "--scheduled");
        await scene.CommandAsync("backup", "--scheduled");

        Assert.True(failed.ExitCode != 0 && good.ExitCode == 0, $"{failed}{good}");
        Assert.Equal(["Failure", "Recovery"], Kinds);
        JsonElement failure = To("/hook").First().Json;
        BackupRun run = scene.History[^1];
        Assert.Equal(run.Id, failure.GetProperty("runId").GetString());
        Assert.Equal(run.Message, failure.GetProperty("text").GetString());
        Assert.Equal(run.Advice, failure.GetProperty("advice").GetString());
        Assert.Equal(
            ["/ping/start", "/ping/fail", "/ping/start", "/ping/fail", "/ping/start", "/ping", "/ping/start", "/ping"],
            _server.Requests.Where(request => request.Path.StartsWith("/ping", StringComparison.Ordinal)).Select(request => request.Path));
        Assert.Contains(run.Message!, To("/ping/fail").First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_a_person_at_a_prompt_alone_unless_asked_to_tell()
    {
        using Scene scene = NewScene();
        scene.Configure(others: [("target", "/no/such/folder"), Hook]);
        await scene.CommandAsync("backup");
        Assert.Empty(_server.Requests);

        await scene.CommandAsync("config", "set", "alerts.runs", "All");
        await scene.CommandAsync("backup");
        Assert.Equal("Failure", Kinds.First());
    }

    [Fact]
    public async Task Should_back_up_as_well_as_ever_though_no_alert_arrives()
    {
        using Scene scene = NewScene();
        scene.Configure(others: [("webhooks", new Dictionary<string, string> { ["slack"] = "/no/such/file", ["json"] = _server.Address + "/hook" }),
            ("alerts", new Dictionary<string, string> { ["ping"] = $"http://127.0.0.1:{Server.FreePort()}/s3cret", ["digestOn"] = "Monday" })]);
        _server.Answer(404);

        CommandResult result = await scene.CommandAsync("backup", "--scheduled");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(RunStatus.Succeeded, Assert.Single(scene.History).Status);
        MirrorProof.IsEqual(scene);
        CommandResult list = await scene.CommandAsync("alert", "list", "--json");
        JsonElement[] alerts = [.. list.Json.EnumerateArray()];
        Assert.Equal(["Digest", "Ping"], alerts.Select(alert => alert.GetProperty("kind").GetString()));
        Assert.Equal(
            ["json WebNotFound", "slack AddressFileMissing", "ping WebUnreachable"],
            alerts.SelectMany(alert => alert.GetProperty("deliveries").EnumerateArray())
                .Select(delivery => $"{delivery.GetProperty("channel").GetString()} {delivery.GetProperty("errorId").GetString()}"));
        Assert.DoesNotContain("s3cret", result.Output + result.Errors + list.Output, StringComparison.Ordinal);

        CommandResult check = await scene.CommandAsync("check");
        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.Contains("replexon: slack: The file that `webhooks.slack` names /no/such/file does not exist.", check.Errors, StringComparison.Ordinal);
        Assert.Equal(2, To("/hook").Count());
    }

    [Fact]
    public async Task Should_tell_of_a_configuration_with_a_mistake_in_it()
    {
        using Scene scene = NewScene();
        string text = await File.ReadAllTextAsync(scene.ConfigurationPath);
        await File.WriteAllTextAsync(scene.ConfigurationPath, text.Insert(1, "\"tagret\": 1,"));

        CommandResult result = await scene.CommandAsync("backup", "--scheduled");

        Assert.True(result.ExitCode == (int)ExitCode.Usage, result.ToString());
        JsonElement alert = To("/hook").First().Json;
        Assert.Equal("ConfigurationInvalid", alert.GetProperty("trouble").GetString());
        Assert.Contains("tagret", alert.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_also_where_the_history_cannot_be_written()
    {
        using Scene scene = NewScene();
        scene.Configure(others: [("stateDirectory", scene.InSource("Preferences.xml")), Hook]);

        CommandResult result = await scene.CommandAsync("backup", "--scheduled");

        Assert.True(result.ExitCode == (int)ExitCode.Usage, result.ToString());
        Assert.Contains("Preferences.xml is a file", Assert.Single(To("/hook")).Json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_of_a_killed_run_by_the_next_check_and_of_nothing_where_told_not_to()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Daemon));
        string text = await File.ReadAllTextAsync(scene.ConfigurationPath);
        await File.WriteAllTextAsync(scene.ConfigurationPath, text.Insert(1, $"\"webhooks\": {{ \"json\": \"{_server.Address}/hook\" }}, \"alerts\": {{ \"digestOn\": \"Never\" }},"));
        RunningCommand run = scene.StartCommand("backup", "--scheduled");
        await SlowRun.InTheMiddleAsync(scene);
        run.Signal(9);
        await run.EndAsync();

        await scene.CommandAsync("check", "--no-alerts");
        Assert.Empty(_server.Requests);
        CommandResult check = await scene.CommandAsync("check");
        await scene.CommandAsync("check");

        Assert.True(check.ExitCode == 1, check.ToString());
        Assert.Equal("Interrupted", Assert.Single(To("/hook")).Json.GetProperty("trouble").GetString());
    }

    [Fact]
    public async Task Should_send_show_and_list_an_alert_of_ones_own()
    {
        using Scene scene = NewScene();
        CommandResult shown = await scene.CommandAsync("alert", "send", "The NAS will be off.", "--title", "NAS", "--dry-run");
        Assert.Contains("Would be sent over json:\n[RePlexOn] ", shown.Output, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);

        CommandResult sent = await scene.CommandAsync("alert", "send", "The NAS will be off.", "--title", "NAS");
        CommandResult tested = await scene.CommandAsync("alert", "test");
        CommandResult list = await scene.CommandAsync("alert", "list");

        Assert.Equal("json: delivered to 127.0.0.1\n", sent.Output);
        Assert.Equal("json: delivered to 127.0.0.1\nping: delivered to 127.0.0.1\n", tested.Output);
        Assert.Equal(["Message", "Test"], Kinds);
        Assert.Single(To("/ping/log"));
        Assert.Contains("MESSAGE: NAS", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_no_secret_anywhere()
    {
        using Scene scene = NewScene();
        string secret = $"{_server.Address}/hooks/s3cret";
        CommandResult[] results =
        [
            await scene.CommandAsync("config", "set", "webhooks.slack", secret), await scene.CommandAsync("config", "list", "--json"),
            await scene.CommandAsync("config", "test", "--json"), await scene.CommandAsync("alert", "test", "--json"),
            await scene.CommandAsync("backup", "--scheduled", "--json"), await scene.CommandAsync("alert", "list", "--json"),
        ];

        Assert.All(results, result => Assert.DoesNotContain("s3cret", result.Output + result.Errors, StringComparison.Ordinal));
        Assert.Contains(_server.Requests, request => request.Path == "/hooks/s3cret");
        Assert.DoesNotContain(Directory.GetFiles(scene.State), file => File.ReadAllText(file).Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_say_that_no_channel_is_set()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 5, rows: 5);
        CommandResult result = await scene.CommandAsync("alert", "test", "--json");

        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Equal("AlertChannelNotSet", result.Json.GetProperty("errorId").GetString());
    }

    private (string, object) Hook => ("webhooks", new Dictionary<string, string> { ["json"] = _server.Address + "/hook" });

    private IEnumerable<ReceivedRequest> To(string path) => _server.Requests.Where(request => request.Path == path);

    private Scene NewScene()
    {
        var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        scene.Configure(others: [Hook, ("alerts", new Dictionary<string, string> { ["ping"] = _server.Address + "/ping", ["digestOn"] = nameof(DigestDay.Never) })]);
        return scene;
    }
}
