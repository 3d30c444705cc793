using System.CommandLine;
using RePlexOn.Legacy;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon import-history</c></summary>
internal static class ImportHistoryCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("database")
        {
            Description = "The first RePlexOn's replexon.db.", DefaultValueFactory = _ => HistoryImportOptions.DefaultPath,
        };
        var zone = ImportScreen.ZoneOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be added; change nothing." };
        var command = new CommandWithExamples(
            "import-history", "Read the first RePlexOn's database into the history, without the rows that it made up.",
            "replexon import-history",
            "replexon import-history /srv/old/replexon.db --dry-run",
            "replexon import-history --time-zone Europe/Berlin --json")
        {
            path, zone, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            var options = new HistoryImportOptions
            {
                StateDirectory = shared.Load(parsed).StateDirectory,
                Path = SharedOptions.FullPath(parsed.GetRequiredValue(path))!,
                TimeZone = TimeZones.Find(parsed.GetValue(zone)),
                DryRun = parsed.GetValue(dryRun),
            };
            LegacyImportResult result = await new HistoryImport(TimeProvider.System).RunAsync(options, progress: null, token);
            ImportScreen.Write(result, shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }
}
