using System.CommandLine;
using System.Globalization;
using RePlexOn.Checks;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon fail2ban</c></summary>
internal static class Fail2banCommand
{
    private static readonly Fail2banOptions Defaults = new();

    public static Command Create() => new("fail2ban", "Have fail2ban shut out who is refused too often.")
    {
        CreateInstall(),
        CreateUninstall(),
        CreateTest(),
        CreateStatus(),
    };

    private static CommandWithExamples CreateInstall()
    {
        var banTime = new Option<int>("--ban-time")
        {
            Description = "How long the first ban lasts; each further one lasts twice as long.", HelpName = "minutes",
            DefaultValueFactory = _ => (int)Defaults.BanTime.TotalMinutes,
        };
        var port = new Option<int[]>("--port")
        {
            Description = "The ports that are shut to a banned address, as clients see them.", AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Defaults.Ports],
        };
        var action = new Option<Fail2banAction>("--action") { Description = "By what: nftables where it is installed, else iptables." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done; change nothing." };
        JailChoice.Positive(banTime);
        port.Validators.Add(result =>
        {
            if (result.GetValue(port) is not { Length: >= 1 and <= 15 } ports || ports.Any(one => one is < 1 or > 65535)) result.AddError("--port must be 1 to 65535, and at most 15 of them.");
        });
        var command = new CommandWithExamples(
            "install", "Install a jail for Plex: whole or not at all, and the same one twice changes nothing.",
            "replexon fail2ban install --dry-run",
            "replexon fail2ban install",
            "replexon fail2ban install --max-retry 10 --ban-time 1440 --port 32400 443")
        {
            banTime, port, action, dryRun,
        };
        var choice = new JailChoice(command, withLimits: true);
        command.SetAction(async (parsed, token) =>
        {
            Fail2banOptions options = choice.Options(parsed) with
            {
                BanTime = TimeSpan.FromMinutes(parsed.GetValue(banTime)),
                Ports = parsed.GetValue(port) ?? Defaults.Ports,
                Action = parsed.GetValue(action),
                DryRun = parsed.GetValue(dryRun),
            };
            Fail2banChange change = await new Fail2banJail(TimeProvider.System).InstallAsync(choice.Load(parsed), options, token);
            Write(change, options.DryRun, choice.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateUninstall()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done; change nothing." };
        var command = new CommandWithExamples(
            "uninstall", "Take the jail away, with its bans and firewall rules.",
            "replexon fail2ban uninstall --dry-run",
            "replexon fail2ban uninstall")
        {
            dryRun,
        };
        var choice = new JailChoice(command, withLimits: false);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            Fail2banChange change = await Fail2banJail.UninstallAsync(choice.Folder(parsed), isDryRun, token);
            Write(change, isDryRun, choice.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateTest()
    {
        var command = new CommandWithExamples(
            "test", "Prove the jail with fail2ban's own programs, on the server's own log. Changes nothing; ends with 1 when a check fails.",
            "replexon fail2ban test",
            "replexon fail2ban test --log '/srv/logs/Plex Media Server.log' --json");
        var choice = new JailChoice(command, withLimits: true);
        command.SetAction(async (parsed, token) =>
        {
            IReadOnlyList<Check> checks = await new Fail2banTest(TimeProvider.System).RunAsync(choice.Load(parsed), choice.Options(parsed), token);
            if (choice.Json(parsed)) Screen.WriteJson(checks, CliJson.Default.IReadOnlyListCheck);
            else Screen.WriteChecks(checks);
            return (int)(checks.Any(check => check.Status == CheckStatus.Fail) ? ExitCode.Failed : ExitCode.Succeeded);
        });
        return command;
    }

    private static CommandWithExamples CreateStatus()
    {
        var command = new CommandWithExamples(
            "status", "Say how the jail stands, and who is banned.",
            "replexon fail2ban status",
            "replexon fail2ban status --json");
        var choice = new JailChoice(command, withLimits: false);
        command.SetAction(async (parsed, token) =>
        {
            Fail2banStatus status = await new Fail2banStatusReader(TimeProvider.System).ReadAsync(choice.Folder(parsed), token);
            if (choice.Json(parsed))
            {
                Screen.WriteJson(status, CliJson.Default.Fail2banStatus);
                return (int)ExitCode.Succeeded;
            }

            Console.Out.WriteLine(status.Summary);
            if (!status.IsActive) return (int)ExitCode.Succeeded;
            Screen.WriteFields(
                ("Log", string.Join(", ", status.Logs)),
                ("Refusals now", status.CurrentlyFailed.ToString(CultureInfo.InvariantCulture)),
                ("Refusals", status.TotalFailed.ToString(CultureInfo.InvariantCulture)));
            foreach ((string address, DateTimeOffset? until) in status.Banned)
                Console.Out.WriteLine($"Banned: {address}{(until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end:yyyy-MM-dd HH:mm:ss}") : "")}");
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static void Write(Fail2banChange change, bool isDryRun, bool json)
    {
        if (json)
        {
            Screen.WriteJson(change, CliJson.Default.Fail2banChange);
            return;
        }

        if (isDryRun && change.Kind != Fail2banChangeKind.Unchanged)
        {
            foreach (Fail2banFile file in change.Files)
            {
                Console.Out.WriteLine($"Would be {(change.Kind == Fail2banChangeKind.Removed ? "removed" : "written")}: {file.Path}");
                if (change.Kind != Fail2banChangeKind.Removed) Console.Out.WriteLine(file.Content);
            }

            Console.Out.WriteLine("Nothing was changed.");
            return;
        }

        Console.Out.WriteLine($"{change.Kind}. {change.Message}");
        if (change.LogPath is { } log) Console.Out.WriteLine($"It reads {log}.");
    }
}
