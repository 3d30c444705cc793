using System.CommandLine;
using RePlexOn.Backup;

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
        var command = new CommandWithExamples(
            "check", "Say whether the backup is well; ends with 0 if it is, 1 failing, 4 overdue, 5 no backup yet.",
            "replexon check",
            "replexon check --prometheus /var/lib/prometheus/node-exporter/replexon.prom",
            "replexon check --json")
        {
            prometheus,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            BackupStatus status = await new BackupStatusReader(TimeProvider.System).ReadAsync(shared.Load(parsed), token);
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

            return (int)status.ExitCode;
        });
        return command;
    }
}
