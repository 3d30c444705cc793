using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>What scripts rely on: JSON, exit codes, plain text where there is no terminal, and pipes that close.</summary>
public sealed class CommandLineTests(Places places) : IClassFixture<Places>
{
    public static TheoryData<string> Commands =>
        ["", "init", "backup", "status", "history", "config", "config list", "config set", "config test", "demo",
         "snapshot", "snapshot list", "snapshot remove", "snapshot prune", "docker", "docker audit",
         "schedule", "schedule list", "schedule add", "schedule remove", "check", "report", "import-logs", "import-history", "--rerun", "init-db",
          "alert", "alert send", "alert test", "alert list",
         "access", "access watch", "access events", "access suspicious", "fail2ban", "fail2ban install", "fail2ban uninstall", "fail2ban test", "fail2ban status",
         "firewall", "firewall show", "firewall limit", "firewall country", "firewall block", "firewall unblock", "firewall remove",
         "audit", "protect"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Should_show_help_with_examples(string command)
    {
        CommandResult result = await RunningCommand.Start([], [.. Words(command), "--help"]).EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Usage:\n  replexon", result.Output, StringComparison.Ordinal);
        if (command is not ("" or "config" or "snapshot" or "docker" or "schedule" or "alert" or "access" or "fail2ban" or "firewall")) Assert.Contains($"Examples:\n  replexon {command}", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task Should_print_json_that_can_be_read_for_every_command()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        foreach (string command in new[]
        {
            "status --json", "history --json", "config list --json", "config test --json", "backup --dry-run --json",
            "backup --json", "backup --json", "check --json", "alert list --json", "schedule list --json", "schedule add check @hourly --place crontab --dry-run --json", "snapshot list --json", "snapshot prune --dry-run --json", "snapshot prune --json", "status --json", "history --last 1 --json", "config set backup.maxShrinkPercent 30 --json",
            $"init {scene.Place.Url.Replace(' ', '\u00a0')} --json", "init --undo --dry-run --json",
            $"report {scene.Beside("report.html")} --json",
        })
        {
            string[] words = [.. Words(command).Select(word => word.Replace('\u00a0', ' '))];
            CommandResult result = await scene.CommandAsync(words);

            Assert.True(result.ExitCode == 0, $"{command}: {result}");
            Assert.True(result.Json.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
            Assert.Empty(result.Errors);
        }
    }

    [Theory]
    [InlineData("status")]
    [InlineData("history")]
    [InlineData("config list")]
    [InlineData("config set no.such.key 1")]
    [InlineData("backup")]
    [InlineData("backup --dry-run")]
    [InlineData("alert test")]
    [InlineData("alert list")]
    [InlineData("snapshot list")]
    [InlineData("snapshot prune")]
    [InlineData("snapshot prune --dry-run")]
    [InlineData("snapshot remove 2026-11-01_031500")]
    public async Task Should_tell_a_trouble_in_json_too(string command)
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        await File.WriteAllTextAsync(scene.ConfigurationPath, "{ \"no\": 1 }");

        CommandResult result = await scene.CommandAsync([.. Words(command), "--json", "--state-dir", scene.State]);

        Assert.True(result.ExitCode == (int)ExitCode.Usage, result.ToString());
        JsonElement trouble = command == "backup" ? result.Run : result.Json;
        Assert.Equal("ConfigurationInvalid", trouble.GetProperty("errorId").GetString());
        Assert.NotEmpty(trouble.GetProperty("message").GetString()!);
        Assert.NotEmpty(trouble.GetProperty("advice").GetString()!);
        Assert.StartsWith("replexon: ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("backup --no-such-option")]
    [InlineData("backup --target")]
    [InlineData("history --last many")]
    [InlineData("history --status Fine")]
    [InlineData("config")]
    [InlineData("config set")]
    [InlineData("access")]
    [InlineData("access events --last 0")]
    [InlineData("fail2ban install --max-retry 0")]
    [InlineData("fail2ban install --port 70000")]
    [InlineData("docker")]
    [InlineData("docker audit --minimum-severity Awful")]
    [InlineData("docker audit --pids-limit 0")]
    [InlineData("alert")]
    [InlineData("alert send")]
    [InlineData("firewall")]
    [InlineData("firewall country allow DE")]
    [InlineData("firewall block 203.0.113.7 --for soon")]
    [InlineData("firewall remove everything")]
    [InlineData("snapshot")]
    [InlineData("snapshot remove")]
    [InlineData("snapshot prune --keep-last -2")]
    [InlineData("report")]
    [InlineData("report report.html --days 0")]
    [InlineData("init --purge")]
    public async Task Should_end_with_2_for_a_command_line_that_makes_no_sense(string command)
    {
        CommandResult result = await RunningCommand.Start([], Words(command)).EndAsync();

        Assert.True(result.ExitCode == (int)ExitCode.Usage, result.ToString());
        Assert.Contains(" --help`.", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$0\" {0} | head -n 1")]
    [InlineData("\"$0\" {0} >&-")]
    [InlineData("\"$0\" {0} >&- 2>&- <&-")]
    [InlineData("\"$0\" {0} | true")]
    [InlineData("\"$0\" {0} > /dev/full; true")]
    public async Task Should_do_its_work_though_nobody_reads_what_it_prints(string line)
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        foreach (string command in new[] { "backup", "backup --json", "history", "status --json" })
        {
            CommandResult result = await RunningCommand.StartProgram(
                [("REPLEXON_CONFIG", scene.ConfigurationPath)], "sh", "-c", line.Replace("{0}", command, StringComparison.Ordinal), RunningCommand.Program).EndAsync();

            Assert.True(result.ExitCode == 0, $"{command}: {result}");
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        }

        Assert.All(scene.History, run => Assert.Equal(ExitCode.Succeeded, run.ExitCode));
        Assert.Equal(2, scene.History.Count);
        MirrorProof.IsEqual(scene);
    }

    [Fact]
    public async Task Should_print_no_control_characters_where_there_is_no_terminal()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        foreach (string command in new[] { "backup --dry-run", "backup", "history", "status", "config list", "config test", "--help", "nonsense" })
        {
            CommandResult result = await scene.CommandAsync(Words(command));
            Assert.DoesNotContain(result.Output + result.Errors, character => char.IsControl(character) && character != '\n');
        }
    }

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
