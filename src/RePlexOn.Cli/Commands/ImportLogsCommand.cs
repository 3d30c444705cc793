using System.CommandLine;
using RePlexOn.Legacy;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon import-logs</c></summary>
internal static class ImportLogsCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("log")
        {
            Description = "The first RePlexOn's log, of any name and size.", DefaultValueFactory = _ => LogImportOptions.DefaultPath,
        };
        var tracking = new Option<string?>("--tracking")
        {
            Description = "Its tracking file; left out: the one beside the log (plex-backup-tracking.log).", HelpName = "file",
        };
        var zone = ImportScreen.ZoneOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be added; change nothing." };
        var command = new CommandWithExamples(
            "import-logs", "Read the first RePlexOn's log and tracking file into the history; what was read once is not read again.",
            "replexon import-logs",
            "replexon import-logs /srv/old/backup.log --tracking /srv/old/tracking.log --time-zone America/New_York",
            "replexon import-logs --dry-run --json")
        {
            path, tracking, zone, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            var options = new LogImportOptions
            {
                StateDirectory = shared.Load(parsed).StateDirectory,
                Path = SharedOptions.FullPath(parsed.GetRequiredValue(path))!,
                TrackingPath = SharedOptions.FullPath(parsed.GetValue(tracking)),
                TimeZone = TimeZones.Find(parsed.GetValue(zone)),
                DryRun = parsed.GetValue(dryRun),
            };
            LegacyImportResult result = await ProgressLine.ShowAsync<LegacyImportProgress, LegacyImportResult>(
                step => ($"Reading {step.Path}", step.Percent),
                progress => new LogImport(TimeProvider.System).RunAsync(options, progress, token));
            ImportScreen.Write(result, shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }
}
