using System.CommandLine;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary>The names that the first RePlexOn's command line had for what is here under another one.</summary>
internal static class FirstNames
{
    /// <summary>Adds them to the commands.</summary>
    public static void AddTo(RootCommand root)
    {
        Alias(root, "backup", "--broadcast");
        Alias(root, "check", "--static");
        root.Add(CreateRerun());
        root.Add(CreateInitDb());
    }

    private static void Alias(RootCommand root, string name, string firstName) =>
        root.Subcommands.Single(command => command.Name == name).Aliases.Add(firstName);

    private static CommandWithExamples CreateRerun()
    {
        var command = new CommandWithExamples(
            "--rerun", "Show the last run, as the first RePlexOn did; the same as history --last 1.",
            "replexon --rerun",
            "replexon --rerun --json");
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            using HistoryStore history = HistoryStore.Open(shared.Load(parsed).StateDirectory, HistoryAccess.Read, TimeProvider.System);
            HistoryCommand.Show([.. history.Query(new RunQuery { Last = 1 })], shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateInitDb()
    {
        var command = new CommandWithExamples(
            "init-db", "Make the history, as the first RePlexOn did; any run does that by itself.",
            "replexon init-db",
            "replexon init-db --state-dir /srv/replexon --json");
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            string folder = shared.Load(parsed).StateDirectory;
            using HistoryStore history = HistoryStore.Open(folder, HistoryAccess.Write, TimeProvider.System);
            if (shared.Json(parsed)) HistoryCommand.Show([.. history.Query(new RunQuery { Last = 1 })], json: true);
            else Console.Out.WriteLine($"The history is in {folder}.");
            return (int)ExitCode.Succeeded;
        });
        return command;
    }
}
