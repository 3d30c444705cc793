using System.Globalization;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class SecondRunTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_say_who_runs_already_and_since_when()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Daemon));
        RunningCommand first = scene.StartCommand("backup", "--json");
        int firstProcess = first.Id;
        await SlowRun.InTheMiddleAsync(scene);

        CommandResult second = await scene.CommandAsync("backup", "--json");
        CommandResult status = await scene.CommandAsync("status", "--json");
        first.Signal(SlowRun.Terminate);
        CommandResult ended = await first.EndAsync();

        Assert.True(second.ExitCode == (int)ExitCode.Locked, second.ToString());
        Assert.Equal("Locked", second.Run.GetProperty("errorId").GetString());
        Assert.Contains($"(Mirror, process {firstProcess})", second.Errors, StringComparison.Ordinal);
        string since = scene.History[^1].StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.Contains($"has been under way since {since}", second.Errors, StringComparison.Ordinal);
        Assert.Equal("Running", status.Json.GetProperty("health").GetString());
        Assert.Equal([RunStatus.Failed, RunStatus.Cancelled], scene.History.Select(run => run.Status));
        Assert.Equal((int)ExitCode.Cancelled, ended.ExitCode);
    }
}
