using System.CommandLine;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon config backup</c></summary>
internal static class ConfigBackupCommand
{
    public static Command Create()
    {
        var includeSecret = new Option<bool>("--include-secret") { Description = "Take passwords and keys along." };
        var file = new Option<string[]>("--file")
        {
            Description = "A file to take along besides the configured ones; may be given several times.", HelpName = "path",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show which files it would hold; send nothing." };
        var scheduled = new Option<bool>("--scheduled") { Description = "Say in the history that a schedule started it." };
        var command = new CommandWithExamples(
            "backup", "Back up the configuration, the history and the schedules of RePlexOn to the target.",
            "replexon config backup",
            "replexon config backup --dry-run",
            "replexon config backup --file /usr/local/sbin/backup-hook.sh --json")
        {
            includeSecret, file, dryRun, scheduled,
        };
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) =>
        {
            var options = new ConfigurationBackupOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed),
                Trigger = parsed.GetValue(scheduled) ? RunTrigger.Schedule : RunTrigger.Interactive,
                IncludeSecret = parsed.GetValue(includeSecret),
                Files = [.. (parsed.GetValue(file) ?? []).Select(path => Path.GetFullPath(path))],
            };
            bool json = choice.Json(parsed);
            return parsed.GetValue(dryRun) ? ShowPlanAsync(options, json, token) : RunAsync(options, json, token);
        });
        return command;
    }

    private static async Task<int> RunAsync(ConfigurationBackupOptions options, bool json, CancellationToken token)
    {
        if (options.IncludeSecret)
        {
            Console.Error.WriteLine("Warning: passwords and keys go along: whoever can read the target will have them.");
        }

        BackupRun run = await ProgressLine.ShowAsync(
            progress => new ConfigurationBackup(TimeProvider.System).RunAsync(options, progress, token));
        return Screen.WriteRun(run, json);
    }

    private static async Task<int> ShowPlanAsync(ConfigurationBackupOptions options, bool json, CancellationToken token)
    {
        IReadOnlyList<ConfigurationItem> items = await new ConfigurationBackup(TimeProvider.System).PlanAsync(options, token);
        if (json)
        {
            Screen.WriteJson(items, CliJson.Default.IReadOnlyListConfigurationItem);
            return (int)ExitCode.Succeeded;
        }

        foreach (ConfigurationItem item in items)
        {
            Console.Out.WriteLine($"{item.Kind,-13}  {item.Origin} ({ByteSize.Format(item.Bytes)})");
        }

        Console.Out.WriteLine($"{items.Count} files. Nothing was sent.");
        return (int)ExitCode.Succeeded;
    }
}
