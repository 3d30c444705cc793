using System.CommandLine;
using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Configuration;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon check</c></summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var prometheus = new Option<string?>("--prometheus")
        {
            Description = "Also write how it stands to a text file for Prometheus' node exporter; its name ends in .prom.", HelpName = "file",
        };
        var noAlerts = new Option<bool>("--no-alerts") { Description = "Say it here, and send nothing." };
        var command = new CommandWithExamples(
            "check", "Say whether the backup is well, and send the alerts that are due; ends with 0 if it is well, 1 failing, 4 overdue, 5 no backup yet.",
            "replexon check",
            "replexon check --no-alerts",
            "replexon check --prometheus /var/lib/prometheus/node-exporter/replexon.prom",
            "replexon check --json")
        {
            prometheus, noAlerts,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            RePlexOnConfiguration configuration = shared.Load(parsed);
            BackupStatus status = await new BackupStatusReader(TimeProvider.System).ReadAsync(configuration, token);
            if (SharedOptions.FullPath(parsed.GetValue(prometheus)) is { } path) StatusMetrics.Write(status, path);
            if (shared.Json(parsed))
            {
                Screen.WriteJson(status, CliJson.Default.BackupStatus);
            }
            else
            {
                // cron mails what comes on standard error: trouble, and nothing else.
                TextWriter output = status.ExitCode == ExitCode.Succeeded ? Console.Out : Console.Error;
                output.WriteLine($"{status.Health}. {status.Summary}");
            }

            if (!parsed.GetValue(noAlerts)) await SendAlertsAsync(configuration, status, token);
            return (int)status.ExitCode;
        });
        return command;
    }

    // How the backup stands is the answer, whatever becomes of an alert.
    private static async Task SendAlertsAsync(RePlexOnConfiguration configuration, BackupStatus status, CancellationToken token)
    {
        try
        {
            foreach (AlertRecord alert in await new AlertCenter(TimeProvider.System).CheckAsync(configuration, status, token))
                AlertCommand.WriteTroubles(alert);
        }
        catch (RePlexOnException trouble)
        {
            Screen.WriteTrouble(trouble);
        }
    }
}
