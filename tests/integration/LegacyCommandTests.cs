using System.Text.Json;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Coming from the first system: its log, the log that our own runs leave, and the names of its command line.</summary>
public sealed class LegacyCommandTests(Places places) : IClassFixture<Places>
{
    private static readonly string[] Log =
    [
        "=== Plex Backup Started: lun. 23 févr. 2026 03:00:01 CET ===",
        "sent 24,27M bytes  received 114,21M bytes  1,23K bytes/sec",
        "total size is 8,08G  speedup is 58,36",
        "=== Plex Backup Completed Successfully: lun. 23 févr. 2026 03:13:23 CET ===",
        "=== Plex Backup Started: Di 24. Mär 03:00:01 CET 2026 ===",
        "=== Plex Backup FAILED with code 10: Di 24. Mär 03:00:31 CET 2026 ===",
    ];

    [Fact]
    public async Task Should_read_a_first_systems_log_once()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        string log = scene.Beside("a log");
        File.WriteAllLines(log, Log);

        CommandResult preview = await scene.CommandAsync("import-logs", log, "--dry-run", "--json");
        Assert.Equal((2, true), (preview.Json.GetProperty("added").GetInt32(), preview.Json.GetProperty("isDryRun").GetBoolean()));
        Assert.Empty(scene.History);

        CommandResult first = await scene.CommandAsync("import-logs", log);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains($"Runs added from {log}: 2.", first.Output, StringComparison.Ordinal);
        Assert.Equal([RunStatus.Failed, RunStatus.Succeeded], scene.History.Select(run => run.Status));
        Assert.Equal(8_080_000_000, scene.History[1].BytesTotal);

        CommandResult second = await scene.CommandAsync("import-logs", log, "--json");
        Assert.Equal((0, 0), (second.Json.GetProperty("added").GetInt32(), second.Json.GetProperty("bytesRead").GetInt64()));
    }

    [Fact]
    public async Task Should_not_call_a_server_healthy_for_what_the_first_system_did()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        string log = scene.Beside("a log");
        File.WriteAllLines(log, Log[..4]);
        await scene.CommandAsync("import-logs", log);

        Assert.Equal(5, (await scene.CommandAsync("--static")).ExitCode);
        Assert.Equal("Imported", (await scene.CommandAsync("--rerun", "--json")).Json[0].GetProperty("trigger").GetString());
    }

    [Fact]
    public async Task Should_leave_a_log_of_its_own_runs_that_says_nothing_new()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        string log = scene.Beside("logs/own.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        scene.Configure(others: ("log", new Dictionary<string, object> { ["path"] = log }));

        CommandResult backup = await scene.CommandAsync("--broadcast", "--snapshot", "--json");
        Assert.True(backup.ExitCode == 0, backup.ToString());
        string text = File.ReadAllText(log);
        Assert.Contains("=== Plex Backup Completed Successfully: ", text, StringComparison.Ordinal);
        Assert.Contains("Weekly snapshot created: plex-snapshots/", text, StringComparison.Ordinal);
        Assert.True(File.Exists(scene.Beside("logs/own-tracking.log")));

        CommandResult imported = await scene.CommandAsync("import-logs", log, "--json");
        Assert.Equal((0, 2), (imported.Json.GetProperty("added").GetInt32(), imported.Json.GetProperty("known").GetInt32()));
        Assert.Equal(2, scene.History.Count);
    }

    [Fact]
    public async Task Should_write_no_log_where_none_is_wanted()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        scene.Configure(others: ("log", new Dictionary<string, object> { ["enabled"] = false }));
        await scene.CommandAsync("backup");

        Assert.Single(scene.History);
        Assert.Empty(Directory.GetFiles(scene.State, "*.log"));
    }

    [Fact]
    public async Task Should_back_up_though_its_log_cannot_be_written()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        scene.Configure(others: ("log", new Dictionary<string, object> { ["path"] = scene.Beside("nowhere/own.log") }));
        CommandResult backup = await scene.CommandAsync("backup", "--json");

        Assert.Equal(0, backup.ExitCode);
        Assert.Contains("could not be written", backup.Json.EnumerateArray().First().GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import-logs /no/such.log", "LegacyLogMissing")]
    [InlineData("import-logs --time-zone Nowhere/At_All", "TimeZoneUnknown")]
    [InlineData("import-history /no/such.db", "LegacyDatabaseUnreadable")]
    public async Task Should_say_what_cannot_be_read(string command, string errorId)
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        CommandResult result = await scene.CommandAsync([.. command.Split(' '), "--json"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(errorId, result.Json.GetProperty("errorId").GetString());
    }

    [Fact]
    public async Task Should_make_the_history_by_the_first_systems_name()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);

        Assert.Equal(JsonValueKind.Array, (await scene.CommandAsync("init-db", "--json")).Json.ValueKind);
        Assert.True(File.Exists(Path.Combine(scene.State, "history.db")));
    }
}
