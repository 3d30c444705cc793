using System.CommandLine;
using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon snapshot</c></summary>
internal static class SnapshotCommand
{
    public static Command Create() => new("snapshot", "Make, list and remove snapshots on the target.")
    {
        CreateCreate(),
        CreateList(),
        CreateRemove(),
        SnapshotPruneCommand.Create(),
    };

    /// <summary>Backs up, keeps that state as a snapshot, and writes how both ended.</summary>
    internal static async Task<int> MakeAsync(MirrorOptions options, bool json, CancellationToken token)
    {
        IReadOnlyList<BackupRun> runs = await ProgressLine.ShowAsync(
            progress => new SnapshotBackup(TimeProvider.System).RunAsync(options, progress, token));
        return Screen.WriteRuns(runs, json);
    }

    private static CommandWithExamples CreateCreate()
    {
        var force = new Option<bool>("--force") { Description = "Go on although the source has shrunk, or the target seems not to be mounted." };
        var command = new CommandWithExamples(
            "create", "Bring the mirror up to date, and keep that state as a snapshot.",
            "replexon snapshot create",
            "replexon snapshot create --json")
        {
            force,
        };
        var choice = new TargetChoice(command);
        command.SetAction((parsed, token) => MakeAsync(
            new MirrorOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed), Overrides = choice.Overrides(parsed), Force = parsed.GetValue(force),
            },
            choice.Json(parsed), token));
        return command;
    }

    private static CommandWithExamples CreateList()
    {
        var command = new CommandWithExamples(
            "list", "List the snapshots on the target, the newest first.",
            "replexon snapshot list",
            "replexon snapshot list --json");
        var choice = new TargetChoice(command);
        command.SetAction(async (parsed, token) =>
        {
            IReadOnlyList<PlexSnapshot> snapshots =
                await new SnapshotCatalog(TimeProvider.System).ListAsync(choice.Load(parsed), token);
            if (choice.Json(parsed))
            {
                Screen.WriteJson(snapshots, CliJson.Default.IReadOnlyListPlexSnapshot);
            }
            else
            {
                Write(snapshots);
            }

            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateRemove()
    {
        var names = new Argument<string[]>("names") { Description = "The snapshots to remove, by their full names.", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force") { Description = "Go on although no whole snapshot would be left." };
        var command = new CommandWithExamples(
            "remove", "Remove snapshots by name.",
            "replexon snapshot remove 2026-10-04_031500",
            "replexon snapshot remove 2026-10-04_031500 2026-10-11_031500 --json")
        {
            names, force,
        };
        var choice = new TargetChoice(command);
        command.SetAction(async (parsed, token) =>
        {
            var options = new SnapshotRemovalOptions
            {
                ConfigurationPath = choice.ConfigurationPath(parsed),
                Overrides = choice.Overrides(parsed),
                Names = parsed.GetRequiredValue(names),
                Force = parsed.GetValue(force),
            };
            BackupRun run = await ProgressLine.ShowAsync(
                progress => new SnapshotRemoval(TimeProvider.System).RunAsync(options, progress, token));
            return Screen.WriteRun(run, choice.Json(parsed));
        });
        return command;
    }

    private static void Write(IReadOnlyList<PlexSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            Console.Out.WriteLine("No snapshots.");
            return;
        }

        Screen.WriteTable(
            ["Name", "Age", "State", "Files", "Size", "Kept because"],
            snapshots.Select(one => (string[])
            [
                one.Name,
                string.Create(CultureInfo.InvariantCulture, $"{one.Age.TotalDays:0.0} days"),
                one.State.ToString(),
                one.Files?.ToString(CultureInfo.InvariantCulture) ?? "",
                one.Bytes is { } bytes ? ByteSize.Format(bytes) : "",
                one.KeptBecause,
            ]));
    }
}
