using System.CommandLine;
using System.Globalization;
using RePlexOn.Reports;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon report</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The HTML file to write; an older report there is replaced." };
        var days = Number("--days", "How many days it covers, today the last of them.", ReportOptions.UsualDays, 1, ReportOptions.MostDays);
        var runs = Number("--runs", "How many runs it lists.", ReportOptions.UsualRuns, 0, ReportOptions.MostRuns);
        var skipTarget = new Option<bool>("--skip-target") { Description = "Do not ask the target for its snapshots." };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there even where it is no report." };
        var command = new CommandWithExamples(
            "report", "Write one HTML file that shows how the backup stands: status, size, days, runs, schedules, snapshots.",
            "replexon report backup.html",
            "replexon report /var/www/html/backup.html --days 365",
            "replexon report backup.html --skip-target --json")
        {
            file, days, runs, skipTarget, force,
        };
        var target = new TargetChoice(command);
        command.SetAction(async (parsed, token) =>
        {
            var options = new ReportOptions
            {
                Path = Path.GetFullPath(parsed.GetRequiredValue(file)),
                ConfigurationPath = target.ConfigurationPath(parsed),
                Overrides = target.Overrides(parsed),
                Days = parsed.GetValue(days),
                Runs = parsed.GetValue(runs),
                SkipTarget = parsed.GetValue(skipTarget),
                Overwrite = parsed.GetValue(force),
            };
            ReportResult result = await ProgressLine.ShowAsync<string, ReportResult>(
                step => ($"Writing a report: {step}", null),
                progress => new ReportExport(TimeProvider.System).RunAsync(options, progress, token));
            if (target.Json(parsed))
            {
                Screen.WriteJson(result, CliJson.Default.ReportResult);
            }
            else
            {
                Screen.WriteFields(
                    ("Report", $"{result.Path} ({ByteSize.Format(result.Bytes)})"),
                    ("Health", result.Health.ToString()),
                    ("Runs", $"{result.Runs}, since {result.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"),
                    ("Snapshots", result.Snapshots?.ToString(CultureInfo.InvariantCulture)));
            }

            if (result.Trouble is { } trouble) Console.Error.WriteLine($"Warning: The report lists no snapshots: {trouble}");
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            int given = result.GetValue(option);
            if (given < least || given > most) result.AddError($"{name} must be from {least} to {most}.");
        });
        return option;
    }
}
