using System.CommandLine;
using System.Globalization;
using RePlexOn.Schedules;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon schedule</c></summary>
internal static class ScheduleCommand
{
    private const string ProgramName = "replexon";

    public static Command Create() => new("schedule", "List what runs by itself, add to it, and take it away.")
    {
        CreateList(),
        CreateAdd(),
        CreateRemove(),
    };

    private static CommandWithExamples CreateList()
    {
        var command = new CommandWithExamples(
            "list", "List the schedules that start RePlexOn, and those of the first RePlexOn.",
            "replexon schedule list",
            "replexon schedule list --json");
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            IReadOnlyList<BackupSchedule> schedules = await new ScheduleBook(TimeProvider.System).ListAsync(token);
            if (shared.Json(parsed))
            {
                Screen.WriteJson(schedules, CliJson.Default.IReadOnlyListBackupSchedule);
            }
            else
            {
                Write(schedules);
            }

            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateAdd()
    {
        var job = Job("What to start.");
        var when = new Argument<string?>("when")
        {
            Description = "When, as cron has it: '0 3 * * *' or @daily. Left out: a time that suits the job.",
            DefaultValueFactory = _ => null,
        };
        var place = new Option<SchedulePlace?>("--place")
        {
            Description = "Who is to start it. Left out: where it is already, else systemd for root where it runs, else the user's crontab.",
        };
        var dryRun = DryRun();
        var command = new CommandWithExamples(
            "add", "Have a job run by itself. One for the same job gives way.",
            "replexon schedule add mirror",
            "replexon schedule add snapshot '30 4 * * sun'",
            "replexon schedule add check @hourly --place crontab --dry-run")
        {
            job, when, place, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            var options = new ScheduleOptions
            {
                Job = parsed.GetRequiredValue(job),
                Expression = parsed.GetValue(when),
                Place = parsed.GetValue(place),
                ConfigurationPath = shared.ConfigurationPath(parsed),
                Program = Path.GetFileName(Environment.ProcessPath) == ProgramName ? Environment.ProcessPath : null,
                DryRun = isDryRun,
            };
            ScheduleChange change = await new ScheduleBook(TimeProvider.System).RegisterAsync(options, token);
            Write([change], isDryRun, shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateRemove()
    {
        var job = Job("What is to run by itself no more.");
        var dryRun = DryRun();
        var command = new CommandWithExamples(
            "remove", "Take a schedule of RePlexOn's away, wherever it is.",
            "replexon schedule remove prune",
            "replexon schedule remove mirror --dry-run")
        {
            job, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            IReadOnlyList<ScheduleChange> changes = await new ScheduleBook(TimeProvider.System).UnregisterAsync(
                parsed.GetRequiredValue(job), shared.ConfigurationPath(parsed), isDryRun, token);
            Write(changes, isDryRun, shared.Json(parsed));
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static Argument<ScheduleJob> Job(string description) => new("job") { Description = description };

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Show what would be done; change nothing." };

    private static void Write(IReadOnlyList<ScheduleChange> changes, bool isDryRun, bool json)
    {
        if (json)
        {
            Screen.WriteJson(changes, CliJson.Default.IReadOnlyListScheduleChange);
            return;
        }

        foreach ((ScheduleChangeKind kind, BackupSchedule schedule, BackupSchedule? before) in changes)
        {
            string would = isDryRun && kind != ScheduleChangeKind.Unchanged ? "Would be: " : "";
            Console.Out.WriteLine($"{would}{kind}: {schedule.Job}. {schedule.Description}, in {schedule.Location}.");
            if (before is not null) Console.Out.WriteLine($"Before: {before.Description}, in {before.Location}.");
            if (kind == ScheduleChangeKind.Removed) continue;
            Console.Out.WriteLine($"Runs: {schedule.Command}");
            if (schedule.Next is { } next) Console.Out.WriteLine($"Next: {Minute(next)}");
        }

        if (isDryRun) Console.Out.WriteLine("Nothing was changed.");
    }

    private static void Write(IReadOnlyList<BackupSchedule> schedules)
    {
        if (schedules.Count == 0)
        {
            Console.Out.WriteLine("Nothing runs by itself. `replexon schedule add mirror` would back up each night.");
            return;
        }

        Screen.WriteTable(
            ["Job", "When", "Next", "In", "Configuration"],
            schedules.Select(one => (string[])
            [
                one.IsLegacy ? $"{one.Job} (first RePlexOn)" : one.Job.ToString(),
                one.Description,
                one.Next is { } next ? Minute(next) : "",
                one.Location,
                one.ConfigurationPath ?? "",
            ]));
        foreach (BackupSchedule one in schedules.Where(one => one.Offer is not null))
        {
            Console.Out.WriteLine($"The first RePlexOn's {one.Command}");
            Console.Out.WriteLine($"  {one.Offer}");
        }
    }

    private static string Minute(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
