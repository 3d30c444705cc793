using System.CommandLine;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon config restore</c></summary>
internal static class ConfigRestoreCommand
{
    public static Command Create()
    {
        var date = new Argument<string?>("date") { Description = "The day of the backup, as yyyy-MM-dd; the newest by default.", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "A new or empty folder for all files, in place of putting them back.", HelpName = "folder" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done with each file; change nothing." };
        var command = new CommandWithExamples(
            "restore", "Bring the configuration and the history of RePlexOn back; what is there is kept aside.",
            "replexon config restore --dry-run",
            "replexon config restore 2026-11-21 --to /tmp/replexon-configuration",
            "replexon config restore --target rsync://backupuser@192.168.1.100/plex-backups --password-file /etc/replexon/rsync.secret")
        {
            date, to, dryRun,
        };
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) =>
        {
            var options = new ConfigurationRestoreOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed),
                Date = parsed.GetValue(date),
                DestinationPath = SharedOptions.FullPath(parsed.GetValue(to)),
            };
            bool json = choice.Json(parsed);
            return parsed.GetValue(dryRun) ? ShowPlanAsync(options, json, token) : RunAsync(options, json, token);
        });
        return command;
    }

    private static async Task<int> RunAsync(ConfigurationRestoreOptions options, bool json, CancellationToken token)
    {
        BackupRun run = await ProgressLine.ShowAsync(
            progress => new ConfigurationRestore(TimeProvider.System).RunAsync(options, progress, token));
        return Screen.WriteRun(run, json);
    }

    private static async Task<int> ShowPlanAsync(ConfigurationRestoreOptions options, bool json, CancellationToken token)
    {
        IReadOnlyList<ConfigurationRestoreStep> steps = await new ConfigurationRestore(TimeProvider.System).PlanAsync(options, token);
        if (json)
        {
            Screen.WriteJson(steps, CliJson.Default.IReadOnlyListConfigurationRestoreStep);
            return (int)ExitCode.Succeeded;
        }

        foreach (ConfigurationRestoreStep step in steps) Console.Out.WriteLine($"{step.Action,-8}  {step.Kind,-13}  {step.Destination}");
        Console.Out.WriteLine("Nothing was changed.");
        return (int)ExitCode.Succeeded;
    }
}
