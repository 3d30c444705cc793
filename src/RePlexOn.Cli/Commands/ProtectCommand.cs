using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon protect</c></summary>
internal static class ProtectCommand
{
    public static Command Create()
    {
        var warnings = new Option<bool>("--warnings") { Description = "Put right what wants attention too, not only what failed." };
        var undo = new Option<bool>("--undo") { Description = "Take back what was changed last." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show each change with old and new; change nothing." };
        var command = new CommandWithExamples(
            "protect", "Put right what the audit finds and a program can put right: settings of the server, permissions of files.",
            "replexon protect --dry-run",
            "replexon protect",
            "replexon protect --id RPX-TLS-002 RPX-LIB-002",
            "replexon protect --category Files --warnings",
            "replexon protect --undo")
        {
            warnings, undo, dryRun,
        };
        var choice = new AuditChoice(command);
        command.SetAction(async (parsed, token) =>
        {
            var options = new ProtectionOptions { Audit = choice.Read(parsed), IncludeWarnings = parsed.GetValue(warnings) };
            var protection = new PlexProtection(TimeProvider.System);
            bool isDryRun = parsed.GetValue(dryRun), json = choice.Json(parsed);
            if (parsed.GetValue(undo))
            {
                Write(await protection.UndoAsync(options, isDryRun, progress: null, token), isDryRun ? "Would take back" : "Took back", json);
            }
            else
            {
                ProtectionPlan plan = await protection.PlanAsync(options, progress: null, token);
                if (isDryRun) Write(plan, json);
                else Write(await protection.ApplyAsync(options, plan.Changes, progress: null, token), "Changed", json);
                if (!json) WriteLeft(plan);
            }

            if (isDryRun && !json) Console.Out.WriteLine("Nothing was changed.");
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static void Write(ProtectionPlan plan, bool json)
    {
        if (json) Screen.WriteJson(plan, CliJson.Default.ProtectionPlan);
        else WriteChanges(plan.Changes, "Would change");
    }

    private static void Write(ProtectionResult result, string verb, bool json)
    {
        foreach (string warning in result.Warnings) Console.Error.WriteLine($"Warning: {warning}");
        if (json)
        {
            Screen.WriteJson(result, CliJson.Default.ProtectionResult);
            return;
        }

        WriteChanges(result.Changes, verb);
        if (result.CopyPath is { } copy) Console.Out.WriteLine($"Preferences.xml as it was: {copy}");
    }

    private static void WriteChanges(IReadOnlyList<ProtectionChange> changes, string verb)
    {
        foreach (ProtectionChange change in changes)
        {
            Console.Out.WriteLine($"{verb} {change.Subject}: {Shown(change.Before)} -> {Shown(change.After)} ({change.CheckId}: {change.Title})");
        }

        if (changes.Count == 0) Console.Out.WriteLine("There is nothing to change.");
    }

    private static void WriteLeft(ProtectionPlan plan)
    {
        foreach (Check check in plan.Left.Where(check => check.Status == CheckStatus.Fail))
        {
            Console.Out.WriteLine($"Left to you: {check.Id} {check.Title}");
            Console.Out.WriteLine($"    {check.Evidence}");
            Console.Out.WriteLine($"    {check.Remediation}");
        }
    }

    private static string Shown(string? value) => value switch
    {
        null => "Plex's default",
        "" => "empty",
        _ => value,
    };
}
