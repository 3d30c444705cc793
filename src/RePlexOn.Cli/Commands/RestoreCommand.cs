using System.CommandLine;
using RePlexOn.History;
using RePlexOn.Plex;
using RePlexOn.Restore;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon restore</c></summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = "The snapshot to restore, or mirror.", DefaultValueFactory = _ => RestoreOptions.Mirror,
        };
        var to = new Option<string?>("--to") { Description = "The folder to restore to, empty or not there yet.", HelpName = "folder" };
        var inPlace = new Option<bool>("--in-place") { Description = "Restore into the Plex data directory; what is there is kept aside." };
        var undo = new Option<bool>("--undo") { Description = "Put back what the last restore in place has kept aside." };
        var dataDirectory = new Option<string?>("--data-dir") { Description = "The Plex data directory, in place of the configured one.", HelpName = "folder" };
        Option<string[]> parts = Words("--part", "Only these parts: " + string.Join(", ", RestorePart.All.Select(part => part.Name)) + ".", "part");
        var owner = new Option<string?>("--owner") { Description = "Who shall own all of it: user, user:group, or numbers.", HelpName = "owner" };
        var service = new Option<string?>("--service")
        {
            Description = "How Plex is stopped and started: systemd, systemd:UNIT, snap or docker:CONTAINER.", HelpName = "service",
        };
        Option<string[]> stop = Words("--stop-command", "The program that stops Plex, and its arguments.", "word");
        Option<string[]> start = Words("--start-command", "The program that starts Plex again, and its arguments.", "word");
        var force = new Option<bool>("--force")
        {
            Description = "Go on although the backup is not whole, is of another server, or the data directory is empty.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be fetched and kept aside; change nothing." };
        var command = new CommandWithExamples(
            "restore", "Give a backup back: to a folder, or in place.",
            "replexon restore --to /srv/restored",
            "replexon restore 2026-11-15_031500 --to /srv/restored --part Metadata Preferences",
            "replexon restore --in-place --dry-run",
            "replexon restore --in-place --service systemd",
            "replexon restore 2026-11-15_031500 --in-place --part Databases --service docker:plex",
            "replexon restore --undo --service systemd")
        {
            name, to, inPlace, undo, dataDirectory, parts, owner, service, stop, start, force, dryRun,
        };
        command.Validators.Add(result =>
        {
            int chosen = (result.GetValue(to) is null ? 0 : 1) + (result.GetValue(inPlace) ? 1 : 0) + (result.GetValue(undo) ? 1 : 0);
            if (chosen != 1) result.AddError("Say where to: one of --to FOLDER, --in-place or --undo.");
            if (result.GetValue(undo) && result.GetValue(dryRun)) result.AddError("An undo has no dry run.");
        });
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) =>
        {
            var options = new RestoreOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed) with { Source = SharedOptions.FullPath(parsed.GetValue(dataDirectory)) },
                Name = parsed.GetRequiredValue(name),
                Destination = SharedOptions.FullPath(parsed.GetValue(to)),
                Parts = parsed.GetValue(parts) ?? [],
                Owner = parsed.GetValue(owner),
                Service = PlexService.Choose(parsed.GetValue(service), parsed.GetValue(stop) ?? [], parsed.GetValue(start) ?? []),
                Force = parsed.GetValue(force),
            };
            return parsed.GetValue(dryRun)
                ? ShowPlanAsync(options, choice.Json(parsed), token)
                : RunAsync(options, parsed.GetValue(undo), choice.Json(parsed), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(RestoreOptions options, bool undo, bool json, CancellationToken token)
    {
        var restore = new PlexRestore(TimeProvider.System);
        BackupRun run = await ProgressLine.ShowAsync(
            progress => undo ? restore.UndoAsync(options, progress, token) : restore.RunAsync(options, progress, token));
        return Screen.WriteRun(run, json);
    }

    private static async Task<int> ShowPlanAsync(RestoreOptions options, bool json, CancellationToken token)
    {
        RestorePlan plan = await ProgressLine.ShowAsync(
            progress => new PlexRestore(TimeProvider.System).PlanAsync(options, progress, token));
        if (json)
        {
            Screen.WriteJson(plan, CliJson.Default.RestorePlan);
            return (int)ExitCode.Succeeded;
        }

        Console.Out.WriteLine($"Would restore {plan.Backup} from {plan.Target} to {plan.Destination}, which has {ByteSize.Format(plan.BytesFree)} free.");
        Screen.WriteTable(
            ["Part", "Would be fetched", "Would be kept aside"],
            plan.Parts.Select(part => (string[])
            [
                part.Part,
                $"{part.FilesFetched} files, {ByteSize.Format(part.BytesFetched)}",
                plan.InPlace ? $"{part.FilesKeptAside} files, {ByteSize.Format(part.BytesKeptAside)}" : "nothing",
            ]));
        if (plan.UsedBy.Count > 0) Console.Out.WriteLine($"It is in use by {string.Join(", ", plan.UsedBy)}: that must be stopped first.");
        Console.Out.WriteLine("Nothing was changed.");
        return (int)ExitCode.Succeeded;
    }

    private static Option<string[]> Words(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true };
}
