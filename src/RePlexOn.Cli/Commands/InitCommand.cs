using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Schedules;
using RePlexOn.Setup;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon init</c></summary>
internal static class InitCommand
{
    private const string ProgramName = "replexon";

    public static Command Create()
    {
        var target = new Argument<string?>("target")
        {
            Description = "Where backups go: a path, rsync://user@host/module, ssh://user@host/path.", Arity = ArgumentArity.ZeroOrOne,
        };
        var source = new Option<string?>("--source") { Description = "The Plex data directory; found by itself where it is not given.", HelpName = "folder" };
        var passwordFile = new Option<string?>("--password-file") { Description = "File that holds, or shall hold, the rsync daemon's password.", HelpName = "file" };
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Read the rsync daemon's password from standard input and keep it in that file." };
        var schedule = new Option<ScheduleJob[]>("--schedule")
        {
            Description = "Have these jobs run by themselves at their usual times.", AllowMultipleArgumentsPerToken = true,
        };
        var mailTo = new Option<string?>("--mail-to") { Description = "Who is to get alerts by mail; `replexon alert test` tries it.", HelpName = "address" };
        var unattended = Flag("--unattended", "Ask nothing, also at a terminal.");
        var skipTargetTest = Flag("--skip-target-test", "Do not ask the target whether it answers.");
        var ignoreFirst = Flag("--ignore-first", "Take nothing over from the first RePlexOn.");
        var undo = Flag("--undo", "Take the schedules away again; configuration, secret and history stay.");
        var purge = Flag("--purge", "With --undo: remove these too, as far as init made them. The backup on the target stays.");
        var allSchedules = Flag("--all-schedules", "With --undo: take away the schedules of other configurations too.");
        var dryRun = Flag("--dry-run", "Show what would be done; change nothing.");
        var command = new CommandWithExamples(
            "init", "Find Plex, write the configuration and the secret file, and test the target. At a terminal it asks for what is not given. Run again, it keeps what is set.",
            "replexon init",
            "replexon init rsync://backupuser@192.168.1.100/plex-backups --password-stdin --schedule mirror verify check",
            "replexon init ssh://backup@nas/volume1/plex --source '/srv/plex/Plex Media Server' --unattended",
            "replexon init --undo --purge --dry-run")
        {
            target, source, passwordFile, passwordStdin, schedule, mailTo, unattended, skipTargetTest, ignoreFirst, undo, purge, allSchedules, dryRun,
        };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(undo) && (result.GetValue(purge) || result.GetValue(allSchedules))) result.AddError("--purge and --all-schedules go with --undo.");
        });
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isJson = shared.Json(parsed), isDryRun = parsed.GetValue(dryRun);
            if (parsed.GetValue(undo))
            {
                var removal = new SetupRemovalOptions
                {
                    ConfigurationPath = shared.ConfigurationPath(parsed),
                    StateDirectory = shared.Overrides(parsed).StateDirectory,
                    AllSchedules = parsed.GetValue(allSchedules),
                    Purge = parsed.GetValue(purge),
                    DryRun = isDryRun,
                };
                IReadOnlyList<SetupStep> steps = await new SetupRemoval(TimeProvider.System).RunAsync(removal, token);
                if (isJson) Screen.WriteJson(steps, CliJson.Default.IReadOnlyListSetupStep);
                else Write(steps, isDryRun);
                return (int)ExitCode.Succeeded;
            }

            var options = new SetupOptions
            {
                ConfigurationPath = shared.ConfigurationPath(parsed),
                Values = shared.Overrides(parsed) with
                {
                    Target = parsed.GetValue(target),
                    Source = SharedOptions.FullPath(parsed.GetValue(source)),
                    PasswordFile = SharedOptions.FullPath(parsed.GetValue(passwordFile)),
                },
                Password = parsed.GetValue(passwordStdin) ? ReadPassword() : null,
                SkipTargetTest = parsed.GetValue(skipTargetTest),
                Schedules = parsed.GetValue(schedule) ?? [],
                MailTo = parsed.GetValue(mailTo),
                Program = Path.GetFileName(Environment.ProcessPath) == ProgramName ? Environment.ProcessPath : null,
                IgnoreFirstSystem = parsed.GetValue(ignoreFirst),
                DryRun = isDryRun,
            };
            if (TerminalDialogue.IsPossible && !isJson && !parsed.GetValue(unattended))
            {
                SetupFindings found = new SetupSurvey().Look(options.ConfigurationPath, options.Values, token);
                options = await new SetupInterview(new TerminalDialogue(), new ScheduleBook(TimeProvider.System)).RunAsync(options, found, token);
            }

            SetupResult result = await new InitialSetup(TimeProvider.System).RunAsync(options, progress: null, token);
            if (isJson) Screen.WriteJson(result, CliJson.Default.SetupResult);
            else Write(result, isDryRun);
            return (int)(result.Checks.Any(check => check.Status == CheckStatus.Fail) ? ExitCode.Usage : ExitCode.Succeeded);
        });
        return command;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static void Write(SetupResult result, bool isDryRun)
    {
        Write(result.Steps, isDryRun);
        Screen.WriteChecks(result.Checks);
        if (result.Checks.Count > 0 && result.Checks.All(check => check.Status != CheckStatus.Fail)) Console.Out.WriteLine("Next: replexon backup");
    }

    private static void Write(IReadOnlyList<SetupStep> steps, bool isDryRun)
    {
        foreach (SetupStep step in steps)
        {
            string action = step.Action == SetupAction.TakenOver ? "Taken over" : step.Action.ToString();
            bool isNothing = step.Action is SetupAction.Unchanged or SetupAction.Kept;
            Console.Out.WriteLine($"{(isDryRun && !isNothing ? "Would be: " : "")}{action}: {step.What}: {step.Where}");
        }

        if (isDryRun) Console.Out.WriteLine("Nothing was changed.");
        else if (steps.Count == 0) Console.Out.WriteLine("There was nothing to take back.");
    }

    // On a terminal nothing is echoed; from a pipe the first line is taken.
    private static string ReadPassword() =>
        Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : new TerminalDialogue().AskSecret("Password of the rsync daemon");
}
