using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Setup;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon config</c></summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Show, change, test and back up the configuration.")
    {
        CreateList(),
        CreateSet(),
        CreateTest(),
        ConfigBackupCommand.Create(),
        ConfigRestoreCommand.Create(),
    };

    private static Command CreateList()
    {
        var command = new CommandWithExamples(
            "list", "List each setting with its value and what it means.", "replexon config list", "replexon config list --json");
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            var store = new ConfigurationStore();
            IReadOnlyList<SettingRow> settings = [.. store.List(shared.ConfigurationPath(parsed)).Select(SettingRow.Of)];
            if (shared.Json(parsed))
            {
                Screen.WriteJson(settings, CliJson.Default.IReadOnlyListSettingRow);
                return;
            }

            Console.Out.WriteLine(store.ResolvePath(shared.ConfigurationPath(parsed)));
            Screen.WriteTable(
                ["Key", "Value", "Set", "Meaning"],
                settings.Select(setting => (string[])
                [
                    setting.Key, setting.Value ?? "", setting.IsSet ? "yes" : "", setting.Description,
                ]));
        });
        return command;
    }

    private static Command CreateSet()
    {
        var key = new Argument<string>("key") { Description = "The setting, such as backup.maxShrinkPercent." };
        var value = new Argument<string[]>("value")
        {
            Description = "The new value; several for a list, none to go back to the default.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new CommandWithExamples(
            "set", "Set one value; all else in the file stays as it is.",
            "replexon config set target rsync://backupuser@192.168.1.100/plex-backups",
            "replexon config set backup.exclude '/Media/**/*.bif' '/Plug-ins/'",
            "replexon config set backup.maxShrinkPercent")
        {
            key, value,
        };
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            var store = new ConfigurationStore();
            string name = parsed.GetRequiredValue(key);
            object? wanted = parsed.GetValue(value) switch
            {
                null or [] => null,
                [var one] => one,
                var several => several,
            };
            store.Set(shared.ConfigurationPath(parsed), new Dictionary<string, object?> { [name] = wanted });
            SettingRow now = SettingRow.Of(store.List(shared.ConfigurationPath(parsed)).First(setting => setting.Key == name));
            if (shared.Json(parsed))
            {
                Screen.WriteJson([now], CliJson.Default.IReadOnlyListSettingRow);
            }
            else
            {
                Console.Out.WriteLine($"{now.Key} = {now.Value}");
            }
        });
        return command;
    }

    private static Command CreateTest()
    {
        var skipTarget = new Option<bool>("--skip-target") { Description = "Do not ask the target." };
        var command = new CommandWithExamples(
            "test", "Test the configuration, the source, the secret, the room there is, and the target.",
            "replexon config test", "replexon config test --skip-target --json")
        {
            skipTarget,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            IReadOnlyList<Check> checks = await new ConfigurationTest().RunAsync(
                shared.ConfigurationPath(parsed), shared.Overrides(parsed), parsed.GetValue(skipTarget), progress: null, token);
            if (shared.Json(parsed))
            {
                Screen.WriteJson(checks, CliJson.Default.IReadOnlyListCheck);
            }
            else
            {
                Screen.WriteChecks(checks);
            }

            return (int)(checks.Any(check => check.Status == CheckStatus.Fail) ? ExitCode.Usage : ExitCode.Succeeded);
        });
        return command;
    }
}
