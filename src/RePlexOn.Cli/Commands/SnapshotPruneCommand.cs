using System.CommandLine;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon snapshot prune</c></summary>
internal static class SnapshotPruneCommand
{
    public static Command Create()
    {
        Option<int?> last = Keep("last", "Keep so many of the newest.");
        Option<int?> hourly = Keep("hourly", "Keep one of each of so many hours.");
        Option<int?> daily = Keep("daily", "Keep one of each of so many days.");
        Option<int?> weekly = Keep("weekly", "Keep one of each of so many weeks.");
        Option<int?> monthly = Keep("monthly", "Keep one of each of so many months.");
        Option<int?> yearly = Keep("yearly", "Keep one of each of so many years.");
        Option<int?> within = Keep("within-days", "Keep all that are less than so many days older than the newest.", minimum: 0);
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would stay and what would go, with the reasons; remove nothing." };
        var scheduled = new Option<bool>("--scheduled") { Description = "Say in the history that a schedule started it." };
        var command = new CommandWithExamples(
            "prune", "Remove the snapshots that no retention rule keeps. A number given here takes the configured one's place.",
            "replexon snapshot prune --dry-run",
            "replexon snapshot prune",
            "replexon snapshot prune --keep-weekly 8 --keep-monthly 12 --dry-run --json")
        {
            last, hourly, daily, weekly, monthly, yearly, within, dryRun, scheduled,
        };
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) =>
        {
            var options = new SnapshotPruningOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed),
                Trigger = parsed.GetValue(scheduled) ? RunTrigger.Schedule : RunTrigger.Interactive,
                Rules = new RetentionOverrides
                {
                    KeepLast = parsed.GetValue(last), KeepHourly = parsed.GetValue(hourly), KeepDaily = parsed.GetValue(daily),
                    KeepWeekly = parsed.GetValue(weekly), KeepMonthly = parsed.GetValue(monthly), KeepYearly = parsed.GetValue(yearly),
                    KeepWithinDays = parsed.GetValue(within),
                },
            };
            var pruning = new SnapshotPruning(TimeProvider.System);
            return parsed.GetValue(dryRun)
                ? ShowPlanAsync(pruning, options, choice.Json(parsed), token)
                : RunAsync(pruning, options, choice.Json(parsed), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(SnapshotPruning pruning, SnapshotPruningOptions options, bool json, CancellationToken token)
    {
        BackupRun run = await ProgressLine.ShowAsync(progress => pruning.RunAsync(options, progress, token));
        return Screen.WriteRun(run, json);
    }

    private static async Task<int> ShowPlanAsync(SnapshotPruning pruning, SnapshotPruningOptions options, bool json, CancellationToken token)
    {
        IReadOnlyList<RetentionDecision> plan = await pruning.PlanAsync(options, token);
        if (json)
        {
            Screen.WriteJson(plan, CliJson.Default.IReadOnlyListRetentionDecision);
            return (int)ExitCode.Succeeded;
        }

        foreach (RetentionDecision one in plan)
        {
            Console.Out.WriteLine($"{(one.IsKept ? "keep" : "remove"),-6}  {one.Snapshot,-17}  {one.Reason}");
        }

        Console.Out.WriteLine($"{plan.Count(one => !one.IsKept)} of {plan.Count} snapshots would go. Nothing was removed.");
        return (int)ExitCode.Succeeded;
    }

    private static Option<int?> Keep(string what, string description, int minimum = -1)
    {
        var option = new Option<int?>($"--keep-{what}") { Description = description, HelpName = "number" };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < minimum) result.AddError($"--keep-{what} must be {minimum} or more.");
        });
        return option;
    }
}
