using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using RePlexOn.Cli.Commands;

namespace RePlexOn.Cli;

/// <summary>The commands of <c>replexon</c>.</summary>
internal static class CommandTree
{
    /// <summary>Puts the commands together.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand("Backs up what a Plex Media Server cannot get back by a rescan, and proves the copy.")
        {
            InitCommand.Create(),
            BackupCommand.Create(),
            VerifyCommand.Create(),
            StatusCommand.Create(),
            HistoryCommand.Create(),
            ImportLogsCommand.Create(),
            ImportHistoryCommand.Create(),
            StatsCommand.Create(),
            ReportCommand.Create(),
            SnapshotCommand.Create(),
            RestoreCommand.Create(),
            ScheduleCommand.Create(),
            CheckCommand.Create(),
            AlertCommand.Create(),
            AuditCommand.Create(),
            ProtectCommand.Create(),
            DockerCommand.Create(),
            AccessCommand.Create(),
            Fail2banCommand.Create(),
            FirewallCommand.Create(),
            ConfigCommand.Create(),
            DemoCommand.Create(),
        };
        FirstNames.AddTo(root);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>The command a line names, as the user types it: <c>replexon config set</c>.</summary>
    public static string NameOf(ParseResult parsed) => NameOf(parsed.CommandResult);

    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : "replexon";
}
