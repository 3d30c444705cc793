using System.CommandLine;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon backup</c></summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var source = new Option<string?>("--source") { Description = "The Plex data directory, in place of the configured one.", HelpName = "folder" };
        var target = new Option<string?>("--target") { Description = "Where the backup goes, in place of the configured target.", HelpName = "target" };
        var passwordFile = new Option<string?>("--password-file") { Description = "File that holds the rsync daemon's password.", HelpName = "file" };
        var full = new Option<bool>("--full") { Description = "Compare every file with the mirror, whatever the index says." };
        var force = new Option<bool>("--force") { Description = "Go on although the source has shrunk, or the target seems not to be mounted." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be sent and removed; change nothing." };
        var scheduled = new Option<bool>("--scheduled") { Description = "Say in the history that a schedule started it." };
        var command = new CommandWithExamples(
            "backup", "Bring the mirror on the target up to date, without stopping Plex.",
            "replexon backup",
            "replexon backup --dry-run",
            "replexon backup --full --json",
            "replexon backup --target /mnt/nas/plex")
        {
            source, target, passwordFile, full, force, dryRun, scheduled,
        };
        var shared = new SharedOptions(command);
        command.SetAction((parsed, token) =>
        {
            var options = new MirrorOptions
            {
                ConfigurationPath = shared.ConfigurationPath(parsed),
                Overrides = shared.Overrides(parsed) with
                {
                    Source = SharedOptions.FullPath(parsed.GetValue(source)),
                    Target = parsed.GetValue(target),
                    PasswordFile = SharedOptions.FullPath(parsed.GetValue(passwordFile)),
                },
                Trigger = parsed.GetValue(scheduled) ? RunTrigger.Schedule : RunTrigger.Interactive,
                Full = parsed.GetValue(full),
                Force = parsed.GetValue(force),
            };
            var backup = new MirrorBackup(TimeProvider.System);
            return parsed.GetValue(dryRun)
                ? ShowPlanAsync(backup, options, shared.Json(parsed), token)
                : RunAsync(backup, options, shared.Json(parsed), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(MirrorBackup backup, MirrorOptions options, bool json, CancellationToken token)
    {
        BackupRun run = await ProgressLine.ShowAsync(progress => backup.RunAsync(options, progress, token));
        if (json)
        {
            Screen.WriteJson(run, CliJson.Default.BackupRun);
        }
        else if (run.ErrorId is null)
        {
            Console.Out.WriteLine($"{run.Message} ({run.Pass} pass: {run.PassReason}; {run.Duration.TotalSeconds:0.0} s)");
            foreach (string warning in run.Warnings) Console.Error.WriteLine($"Warning: {warning}");
        }

        if (run.ErrorId is not null) Screen.WriteTrouble(run.Message, run.Advice);
        return (int)(run.ExitCode ?? ExitCode.Failed);
    }

    private static async Task<int> ShowPlanAsync(MirrorBackup backup, MirrorOptions options, bool json, CancellationToken token)
    {
        BackupPlan plan = await ProgressLine.ShowAsync(progress => backup.PlanAsync(options, progress, token));
        if (json)
        {
            Screen.WriteJson(plan, CliJson.Default.BackupPlan);
            return (int)ExitCode.Succeeded;
        }

        Console.Out.WriteLine($"Would back up {plan.Source} to {plan.Target} ({plan.Pass} pass: {plan.PassReason}):");
        foreach (PlannedChange change in plan.Changes)
        {
            string size = change.Bytes is { } bytes ? $" ({ByteSize.Format(bytes)})" : "";
            Console.Out.WriteLine($"  {change.Action,-15} {DisplayPath.Of(change.Path)}{size}");
        }

        Console.Out.WriteLine($"{plan.Changes.Count} changes. Nothing was changed.");
        return (int)ExitCode.Succeeded;
    }
}
