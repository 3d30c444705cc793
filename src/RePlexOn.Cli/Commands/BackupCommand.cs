using System.CommandLine;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon backup</c></summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var source = new Option<string?>("--source") { Description = "The Plex data directory, in place of the configured one.", HelpName = "folder" };
        var full = new Option<bool>("--full") { Description = "Compare every file with the mirror, whatever the index says." };
        var force = new Option<bool>("--force") { Description = "Go on although the source has shrunk, or the target seems not to be mounted." };
        var snapshot = new Option<bool>("--snapshot") { Description = "Keep the mirror as a snapshot afterwards, due or not." };
        var noSnapshot = new Option<bool>("--no-snapshot") { Description = "Make no snapshot, though one be due." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be sent and removed; change nothing." };
        var scheduled = new Option<bool>("--scheduled") { Description = "Say in the history that a schedule started it." };
        var command = new CommandWithExamples(
            "backup", "Bring the mirror on the target up to date without stopping Plex, and make the snapshot that is due.",
            "replexon backup",
            "replexon backup --dry-run",
            "replexon backup --snapshot",
            "replexon backup --full --json",
            "replexon backup --target /mnt/nas/plex")
        {
            source, full, force, snapshot, noSnapshot, dryRun, scheduled,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(snapshot) && result.GetValue(noSnapshot)) result.AddError("--snapshot and --no-snapshot exclude each other.");
        });
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) =>
        {
            var options = new MirrorOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed) with
                {
                    Source = SharedOptions.FullPath(parsed.GetValue(source)),
                },
                Trigger = parsed.GetValue(scheduled) ? RunTrigger.Schedule : RunTrigger.Interactive,
                Full = parsed.GetValue(full),
                Force = parsed.GetValue(force),
            };
            SnapshotWish wish = parsed.GetValue(snapshot) ? SnapshotWish.Always
                : parsed.GetValue(noSnapshot) ? SnapshotWish.Never : SnapshotWish.WhenDue;
            bool json = choice.Json(parsed);
            return parsed.GetValue(dryRun) ? ShowPlanAsync(options, wish, json, token) : RunAsync(options, wish, json, token);
        });
        return command;
    }

    private static async Task<int> RunAsync(MirrorOptions options, SnapshotWish wish, bool json, CancellationToken token)
    {
        IReadOnlyList<BackupRun> runs = await ProgressLine.ShowAsync(
            progress => new PlexBackup(TimeProvider.System).RunAsync(options, wish, progress, token));
        return Screen.WriteRuns(runs, json);
    }

    private static async Task<int> ShowPlanAsync(MirrorOptions options, SnapshotWish wish, bool json, CancellationToken token)
    {
        BackupPlan plan = await ProgressLine.ShowAsync(
            progress => new PlexBackup(TimeProvider.System).PlanAsync(options, wish, progress, token));
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

        Console.Out.WriteLine(plan.Snapshot);
        Console.Out.WriteLine($"{plan.Changes.Count} changes. Nothing was changed.");
        return (int)ExitCode.Succeeded;
    }
}
