using System.CommandLine;
using System.Globalization;
using RePlexOn.History;
using RePlexOn.Statistics;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon stats</c></summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var kind = new Option<RunKind[]>("--kind") { Description = "Only runs of these kinds.", AllowMultipleArgumentsPerToken = true };
        var after = new Option<DateTimeOffset?>("--after") { Description = "Only runs that started at this moment or later.", HelpName = "time" };
        var before = new Option<DateTimeOffset?>("--before") { Description = "Only runs that started before this moment.", HelpName = "time" };
        var command = new CommandWithExamples(
            "stats", "Show how the runs of a period went: success, duration, size, growth.",
            "replexon stats",
            "replexon stats --after 2026-11-01 --kind Mirror",
            "replexon stats --json")
        {
            kind, after, before,
        };
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            using HistoryStore history = HistoryStore.Open(shared.Load(parsed).StateDirectory, HistoryAccess.Read, TimeProvider.System);
            BackupStatistics statistics = RunStatistics.Measure(history.Query(new RunQuery
            {
                Kinds = parsed.GetValue(kind) is [_, ..] kinds ? kinds : null,
                After = parsed.GetValue(after),
                Before = parsed.GetValue(before),
            }));
            if (shared.Json(parsed))
            {
                Screen.WriteJson(statistics, CliJson.Default.BackupStatistics);
            }
            else
            {
                Write(statistics);
            }

            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static void Write(BackupStatistics statistics)
    {
        if (statistics.Runs == 0)
        {
            Console.Out.WriteLine("No runs.");
            return;
        }

        Screen.WriteFields(
            ("Runs", string.Create(CultureInfo.InvariantCulture, $"{statistics.Runs}, from {statistics.FirstRun:yyyy-MM-dd} to {statistics.LastRun:yyyy-MM-dd}")),
            ("Succeeded", Share(statistics.SuccessRate)),
            ("Mirror", statistics.Bytes is { } bytes ? ByteSize.Format(bytes) : null),
            ("Growth", statistics.GrowthPerDay is { } growth ? $"{(growth < 0 ? "-" : "")}{ByteSize.Format((long)Math.Abs(growth))} a day" : null),
            ("Sent", ByteSize.Format(statistics.BytesSent)));
        Screen.WriteTable(
            ["Kind", "Runs", "Succeeded", "Warnings", "Failed", "Interrupted", "Cancelled", "Mean", "Longest", "Sent"],
            statistics.Kinds.Select(kind => (string[])
            [
                kind.Kind.ToString(), Number(kind.Runs), Share(kind.SuccessRate) ?? "", Number(kind.Warning), Number(kind.Failed),
                Number(kind.Interrupted), Number(kind.Cancelled), Seconds(kind.MeanDuration), Seconds(kind.LongestDuration),
                ByteSize.Format(kind.BytesSent),
            ]));
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? Share(double? rate) => rate?.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan? duration) =>
        duration is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "";
}
