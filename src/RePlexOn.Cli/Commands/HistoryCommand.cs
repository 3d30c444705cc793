using System.CommandLine;
using System.Globalization;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon history</c></summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var kind = new Option<RunKind[]>("--kind") { Description = "Only runs of these kinds.", AllowMultipleArgumentsPerToken = true };
        var status = new Option<RunStatus[]>("--status") { Description = "Only runs that stand so.", AllowMultipleArgumentsPerToken = true };
        var after = new Option<DateTimeOffset?>("--after") { Description = "Only runs that started at this moment or later.", HelpName = "time" };
        var before = new Option<DateTimeOffset?>("--before") { Description = "Only runs that started before this moment.", HelpName = "time" };
        var last = new Option<int>("--last") { Description = "At most this many, the newest.", DefaultValueFactory = _ => 20, HelpName = "number" };
        var search = new Option<string?>("--search") { Description = "Only runs whose message, warnings, target or id hold this text.", HelpName = "text" };
        var command = new CommandWithExamples(
            "history", "List runs, the newest first.",
            "replexon history",
            "replexon history --status Failed Interrupted --after 2026-11-01",
            "replexon history --last 1 --json")
        {
            kind, status, after, before, last, search,
        };
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            using HistoryStore history = HistoryStore.Open(shared.Load(parsed).StateDirectory, HistoryAccess.Read, TimeProvider.System);
            IReadOnlyList<BackupRun> runs =
            [
                .. history.Query(new RunQuery
                {
                    Kinds = parsed.GetValue(kind) is [_, ..] kinds ? kinds : null,
                    Statuses = parsed.GetValue(status) is [_, ..] statuses ? statuses : null,
                    After = parsed.GetValue(after),
                    Before = parsed.GetValue(before),
                    Last = parsed.GetValue(last),
                    Search = parsed.GetValue(search),
                }),
            ];
            Show(runs, shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    /// <summary>Shows runs.</summary>
    public static void Show(IReadOnlyList<BackupRun> runs, bool json)
    {
        if (json) Screen.WriteJson(runs, CliJson.Default.IReadOnlyListBackupRun);
        else Write(runs);
    }

    private static void Write(IReadOnlyList<BackupRun> runs)
    {
        if (runs.Count == 0)
        {
            Console.Out.WriteLine("No runs.");
            return;
        }

        Screen.WriteTable(
            ["No", "Started", "Kind", "Status", "Took", "Sent", "Removed", "Message"],
            runs.Select(run => (string[])
            [
                run.Number.ToString(CultureInfo.InvariantCulture),
                run.StartedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                run.Kind.ToString(),
                run.Status.ToString(),
                $"{run.Duration.TotalSeconds:0.0} s",
                run.FilesSent.ToString(CultureInfo.InvariantCulture),
                run.FilesDeleted.ToString(CultureInfo.InvariantCulture),
                run.Message ?? "",
            ]));
    }
}
