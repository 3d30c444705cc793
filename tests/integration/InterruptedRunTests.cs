using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A run that a signal ends: what the history says, that nothing is left running, and that the next run goes on.</summary>
public sealed class InterruptedRunTests(Places places) : IClassFixture<Places>
{
    [Theory]
    [InlineData(SlowRun.Interrupt, TargetKind.Local)]
    [InlineData(SlowRun.Terminate, TargetKind.Daemon)]
    [InlineData(SlowRun.Terminate, TargetKind.Ssh)]
    public async Task Should_end_as_cancelled_when_it_is_asked_to_stop(int signal, TargetKind kind)
    {
        using Scene scene = SlowRun.Scene(places.New(kind));
        RunningCommand command = scene.StartCommand("backup", "--json");
        await SlowRun.InTheMiddleAsync(scene);
        command.Signal(signal);

        CommandResult result = await command.EndAsync();

        Assert.True(result.ExitCode == (int)ExitCode.Cancelled, result.ToString());
        Assert.Equal("Cancelled", result.Run.GetProperty("status").GetString());
        BackupRun row = Assert.Single(scene.History);
        Assert.Equal((RunStatus.Cancelled, ExitCode.Cancelled), (row.Status, row.ExitCode));
        await NothingIsLeftAsync(scene);
        scene.Configure();
        await scene.BackUpWellAsync();
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_be_found_interrupted_when_it_was_killed(TargetKind kind)
    {
        using Scene scene = SlowRun.Scene(places.New(kind));
        RunningCommand command = scene.StartCommand("backup");
        await SlowRun.InTheMiddleAsync(scene);
        command.Signal(SlowRun.Kill);
        await command.EndAsync();

        CommandResult status = await scene.CommandAsync("status", "--json");
        Assert.Equal("Failing", status.Json.GetProperty("health").GetString());
        scene.Configure();
        await scene.BackUpWellAsync();

        BackupRun row = scene.History[^1];
        Assert.Equal((RunStatus.Interrupted, "Interrupted"), (row.Status, row.ErrorId));
        Assert.Contains($"its process {row.ProcessId} was killed or crashed", row.Message, StringComparison.Ordinal);
        await NothingIsLeftAsync(scene);
        Assert.False(Directory.Exists(Path.Combine(scene.State, "staging/run")));
    }

    [Fact]
    public async Task Should_not_send_again_what_has_arrived()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Daemon));
        RunningCommand command = scene.StartCommand("backup");
        await SlowRun.UntilAsync(() => SlowRun.HasPart(scene.Place.Mirror, "large"));
        await Task.Delay(TimeSpan.FromSeconds(3));
        command.Signal(SlowRun.Interrupt);
        await command.EndAsync();
        long kept = new FileInfo(scene.Place.InMirror("Media/localhost/.rsync-partial/large")).Length;
        Assert.NotEqual(0, kept);

        scene.Configure();
        BackupRun run = await scene.BackUpWellAsync();

        Assert.InRange(run.BytesSent, 0, run.BytesTotal - kept + 200_000);
        Assert.False(Directory.Exists(scene.Place.InMirror("Media/localhost/.rsync-partial")));
    }

    [Fact]
    public async Task Should_clear_away_the_half_of_a_file_that_has_gone_meanwhile()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Local));
        RunningCommand command = scene.StartCommand("backup");
        await SlowRun.InTheMiddleAsync(scene);
        command.Signal(SlowRun.Interrupt);
        await command.EndAsync();
        string half = scene.Place.InMirror("Media/localhost/.rsync-partial");
        Assert.True(Directory.Exists(half));
        File.Delete(scene.InSource("Media/localhost/large"));

        scene.Configure();
        await scene.BackUpWellAsync();

        Assert.False(Directory.Exists(half));
    }

    [Fact]
    public async Task Should_name_a_connection_that_breaks_in_the_middle()
    {
        await using var daemon = new RsyncDaemon();
        await daemon.InitializeAsync();
        using Scene scene = SlowRun.Scene(new Place(daemon.Url, daemon.Folder) { PasswordFile = daemon.PasswordFile });
        RunningCommand command = scene.StartCommand("backup", "--json");
        await SlowRun.InTheMiddleAsync(scene);
        daemon.Kill();

        CommandResult result = await command.EndAsync();

        Assert.True(result.ExitCode == (int)ExitCode.TargetUnreachable, result.ToString());
        Assert.Contains("The connection to", result.Errors, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Failed, "TargetUnreachable"), (scene.History[0].Status, scene.History[0].ErrorId));
    }

    private static Task NothingIsLeftAsync(Scene scene)
    {
        string place = scene.Place.Open().Location(TargetLayout.Mirror);
        return SlowRun.UntilAsync(() => SlowRun.ProcessesWith(place).Count == 0);
    }
}
