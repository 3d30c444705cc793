using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;
using ScratchFolder = RePlexOn.Tests.Files.ScratchFolder;

namespace RePlexOn.IntegrationTests;

/// <summary>The daemon's password is in its file, and nowhere else.</summary>
public sealed class SecretsTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_show_the_password_in_no_argument_output_or_state()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Daemon));
        RunningCommand command = scene.StartCommand("backup", "--json");
        var seen = new HashSet<string>();
        await SlowRun.InTheMiddleAsync(scene);
        for (int i = 0; i < 20; i++)
        {
            foreach (int process in Below(command.Id)) seen.Add(SlowRun.ArgumentsOf(process));
            await Task.Delay(20);
        }

        HoldNoPassword(scene.State);
        command.Signal(SlowRun.Terminate);
        CommandResult stopped = await command.EndAsync();
        CommandResult history = await scene.CommandAsync("history", "--json");
        CommandResult test = await scene.CommandAsync("config", "test", "--json");

        Assert.Contains(seen, arguments => arguments.StartsWith("rsync\0", StringComparison.Ordinal) || arguments.Contains("/rsync\0", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, arguments => arguments.Contains(RsyncDaemon.Password, StringComparison.Ordinal));
        foreach (CommandResult result in new[] { stopped, history, test }) HoldsNoPassword(result);
        HoldNoPassword(scene.State);
    }

    [Fact]
    public async Task Should_repeat_no_password_of_a_target_that_holds_one()
    {
        using var scene = new Scene(places.New(TargetKind.Daemon), files: 10, rows: 5);
        scene.Configure(others: ("target", scene.Place.Url.Replace("plex@", $"plex:{Uri.EscapeDataString(RsyncDaemon.Password)}@", StringComparison.Ordinal)));

        foreach (string[] arguments in new string[][] { ["backup"], ["backup", "--json"], ["backup", "--dry-run"], ["status"], ["config", "test"], ["history"] })
        {
            CommandResult result = await scene.CommandAsync(arguments);
            HoldsNoPassword(result);
            Assert.DoesNotContain(Uri.EscapeDataString(RsyncDaemon.Password), result.Output + result.Errors, StringComparison.Ordinal);
        }

        HoldNoPassword(scene.State);
    }

    [Fact]
    public async Task Should_write_a_password_from_standard_input_to_a_private_file_only()
    {
        using var scene = new Scene(places.New(TargetKind.Daemon), files: 10, rows: 5);
        string secret = scene.Beside("secrets/rsync");
        CommandResult result = await RunningCommand.StartProgram([("REPLEXON_CONFIG", scene.Beside("new.json"))], "sh", "-c",
            "printf '%s\\n' \"$1\" | \"$0\" init \"$2\" --source \"$3\" --password-stdin --password-file \"$4\" --state-dir \"$5\" --json",
            RunningCommand.Program, RsyncDaemon.Password, scene.Place.Url, scene.Source, secret, scene.State).EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        HoldsNoPassword(result);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.Equal(RsyncDaemon.Password + "\n", await File.ReadAllTextAsync(secret));
        HoldNoPassword(scene.Beside("new.json"));
    }

    private static void HoldsNoPassword(CommandResult result) =>
        Assert.DoesNotContain(RsyncDaemon.Password, result.Output + result.Errors, StringComparison.Ordinal);

    // By grep: .NET takes a lock of its own on what it reads, and the run's lock would not let it.
    private static void HoldNoPassword(params string[] places)
    {
        (int code, string found) = ScratchFolder.Run(null, "grep", ["-rlFa", "--", RsyncDaemon.Password, .. places]);
        Assert.Equal((1, ""), (code, found));
    }

    private static IEnumerable<int> Below(int process)
    {
        yield return process;
        string children = "";
        try
        {
            children = string.Join(' ', Directory.EnumerateDirectories($"/proc/{process}/task")
                .Select(task => File.ReadAllText(Path.Combine(task, "children"))));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }

        foreach (string child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (int below in Below(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture))) yield return below;
        }
    }
}
