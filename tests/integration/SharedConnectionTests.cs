using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>A whole run over ssh logs in once, whatever the user's settings, and its connection ends with it.</summary>
public sealed class SharedConnectionTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_log_in_once_for_a_backup_its_snapshot_and_the_removal_of_an_old_one()
    {
        using Scene scene = NewScene();
        scene.Configure(others: ("retention", new Dictionary<string, object> { ["keepLast"] = 1, ["keepWeekly"] = 0 }));
        for (int i = 0; i < 2; i++)
        {
            int before = places.Ssh.Logins;
            CommandResult result = await StartWithFolder(scene, "backup", "--snapshot").EndAsync();
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Equal(1, places.Ssh.Logins - before);
            AssertNothingIsLeft(scene);
        }

        Assert.Equal(
            [RunKind.Prune, RunKind.Snapshot, RunKind.Mirror, RunKind.Snapshot, RunKind.Mirror], scene.History.Select(run => run.Kind));
        Assert.All(scene.History, run => Assert.Empty(run.Warnings));
        Assert.Single(Directory.GetDirectories(Path.Combine(scene.Place.Folder, "plex-snapshots")));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("snapshot", "list")]
    [InlineData("config", "test")]
    [InlineData("config", "backup")]
    [InlineData("restore", "--dry-run", "--to", "/nowhere/restored")]
    public async Task Should_log_in_once_for_other_work(params string[] command)
    {
        using Scene scene = NewScene();
        await scene.BackUpWellAsync();
        int before = places.Ssh.Logins;

        CommandResult result = await StartWithFolder(scene, command).EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(1, places.Ssh.Logins - before);
        AssertNothingIsLeft(scene);
    }

    [Fact]
    public async Task Should_log_in_for_each_call_where_the_socket_would_have_too_long_a_path()
    {
        using Scene scene = NewScene();
        string folder = Directory.CreateDirectory(scene.Beside(new string('x', 60))).FullName;
        int before = places.Ssh.Logins;

        CommandResult result = await Start(scene, folder, "backup", "--json").EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(scene.History[0].Warnings);
        Assert.True(places.Ssh.Logins - before > 1);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(SlowRun.Interrupt)]
    [InlineData(SlowRun.Terminate)]
    public async Task Should_end_with_a_run_that_is_stopped(int signal)
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Ssh));
        RunningCommand command = StartWithFolder(scene, "backup");
        await SlowRun.InTheMiddleAsync(scene);
        Assert.NotEmpty(MastersOf(scene));

        command.Signal(signal);

        Assert.Equal((int)ExitCode.Cancelled, (await command.EndAsync()).ExitCode);
        await SlowRun.UntilAsync(() => MastersOf(scene).Count == 0);
        AssertNothingIsLeft(scene);
    }

    [Fact]
    public async Task Should_end_by_itself_after_a_run_that_is_killed()
    {
        using Scene scene = SlowRun.Scene(places.New(TargetKind.Ssh));
        RunningCommand command = StartWithFolder(scene, "backup");
        await SlowRun.InTheMiddleAsync(scene);
        Assert.NotEmpty(MastersOf(scene));

        command.Signal(SlowRun.Kill);
        await command.EndAsync();

        await SlowRun.UntilAsync(() => MastersOf(scene).Count == 0);
    }

    [NamespaceTheory]
    [InlineData("yes")]
    [InlineData("auto")]
    public async Task Should_not_mind_what_the_settings_of_ssh_ask_for(string master)
    {
        using Scene scene = NewScene();
        File.WriteAllText(scene.Beside("ssh_config"), $"""
            Host *
                ControlMaster {master}
                ControlPath {scene.Beside("%C")}
                ControlPersist yes
                RemoteCommand echo hello
                RequestTTY force
                SessionType none
                ForkAfterAuthentication yes
                StdinNull yes
                LocalForward {places.Ssh.Port} 127.0.0.1:1
                ExitOnForwardFailure yes
            """);
        Directory.CreateDirectory(FolderOf(scene));
        int before = places.Ssh.Logins;

        // ssh finds a user's own settings by the list of users, not by HOME: those of the machine are what can be replaced.
        CommandResult result = await RunningCommand.StartProgram(
            [("REPLEXON_CONFIG", scene.ConfigurationPath), ("TMPDIR", FolderOf(scene))], "unshare", "--mount", "sh", "-ec",
            "mount --bind \"$0\" /etc/ssh/ssh_config; exec \"$@\"", scene.Beside("ssh_config"), RunningCommand.Program,
            "snapshot", "create").EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.All(scene.History, run => Assert.Empty(run.Warnings));
        Assert.Equal(1, places.Ssh.Logins - before);
        Assert.Empty(SlowRun.ProcessesWith(scene.Beside("")));
        AssertNothingIsLeft(scene);
    }

    private Scene NewScene() => new(places.New(TargetKind.Ssh), files: 10, rows: 5);

    // Short, for the path of a socket has few characters.
    private static string FolderOf(Scene scene) => scene.Beside("t");

    private static RunningCommand StartWithFolder(Scene scene, params string[] arguments) =>
        Start(scene, Directory.CreateDirectory(FolderOf(scene)).FullName, arguments);

    private static RunningCommand Start(Scene scene, string folder, params string[] arguments) =>
        RunningCommand.Start([("REPLEXON_CONFIG", scene.ConfigurationPath), ("TMPDIR", folder)], arguments);

    private static List<int> MastersOf(Scene scene) =>
        [.. SlowRun.ProcessesWith($"ssh: {FolderOf(scene)}/").Where(process => SlowRun.ArgumentsOf(process).Contains("[mux]", StringComparison.Ordinal))];

    private static void AssertNothingIsLeft(Scene scene) =>
        Assert.Empty(Directory.GetFileSystemEntries(FolderOf(scene)));
}
