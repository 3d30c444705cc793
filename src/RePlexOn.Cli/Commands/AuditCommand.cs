using System.CommandLine;
using System.Globalization;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon audit</c></summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var preferences = new Option<string?>("--preferences") { Description = "Look at a Preferences.xml alone, of any machine.", HelpName = "file" };
        var online = new Option<bool>("--online") { Description = "Ask plex.tv too, with whom the server is shared." };
        var all = new Option<bool>("--all") { Description = "Show what passed and what does not apply, too." };
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing; the exit code says it." };
        var sarif = new Option<string?>("--sarif") { Description = "Also write a report in SARIF 2.1.0.", HelpName = "file" };
        var command = new CommandWithExamples(
            "audit", "Look at how well the server, its machine and its backup are closed. Ends with 0 if no check failed, else 20 (info) to 24 (critical) by the gravest.",
            "replexon audit",
            "replexon audit --minimum-severity High --quiet",
            "replexon audit --category Network Encryption --all",
            "replexon audit --preferences /mnt/nas/plex/plex-current/Preferences.xml",
            "replexon audit --online --sarif audit.sarif --json")
        {
            preferences, online, all, quiet, sarif,
        };
        var choice = new AuditChoice(command);
        command.SetAction(async (parsed, token) =>
        {
            SecurityAuditOptions options = choice.Read(parsed) with
            {
                Online = parsed.GetValue(online), PreferencesPath = SharedOptions.FullPath(parsed.GetValue(preferences)),
            };
            SecurityAuditResult result = await ProgressLine.ShowAsync<string, SecurityAuditResult>(
                step => ($"Looking at {step}", null), progress => new SecurityAudit(TimeProvider.System).RunAsync(options, progress, token));
            if (SharedOptions.FullPath(parsed.GetValue(sarif)) is { } file) WriteSarif(file, result);
            foreach (string warning in result.Warnings) Console.Error.WriteLine($"Warning: {warning}");
            if (choice.Json(parsed)) Screen.WriteJson(result, CliJson.Default.SecurityAuditResult);
            else if (!parsed.GetValue(quiet)) Write(result, parsed.GetValue(all));
            return (int)result.ExitCode;
        });
        return command;
    }

    private static void Write(SecurityAuditResult result, bool all)
    {
        IEnumerable<Check> shown = all
            ? result.Checks
            : result.Checks.Where(check => check.Status is CheckStatus.Fail or CheckStatus.Warning)
                .OrderBy(check => check.Status == CheckStatus.Fail ? 0 : 1).ThenByDescending(check => check.Severity);
        foreach (Check check in shown)
        {
            string before = check.PreviousStatus is { } last && last != check.Status ? $" (last time: {last})" : "";
            Console.Out.WriteLine($"[{check.Status}, {check.Severity}] {check.Id} {check.Title}{before}");
            Console.Out.WriteLine($"    {check.Evidence}");
            if (check.Remediation.Length > 0) Console.Out.WriteLine($"    {check.Remediation}");
        }

        if (!all) WriteUnknown(result);
        string counts = string.Join(", ", Enum.GetValues<CheckStatus>().Select(status => $"{status}: {result.Count(status)}"));
        string score = result.Score is { } number ? string.Create(CultureInfo.InvariantCulture, $"Score: {number} of 100. ") : "";
        string since = result.PreviousAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $" Changed since {at:yyyy-MM-dd HH:mm}: {result.Changed.Count}.") : "";
        Console.Out.WriteLine($"{score}{counts}.{since}");
    }

    // Often one cause, such as a file that may not be read, hides many.
    private static void WriteUnknown(SecurityAuditResult result)
    {
        foreach (IGrouping<(string, string), Check> group in result.Checks
            .Where(check => check.Status == CheckStatus.Unknown).GroupBy(check => (check.Evidence, check.Remediation)))
        {
            Console.Out.WriteLine(group.Count() == 1
                ? $"[Unknown, {group.First().Severity}] {group.First().Id} {group.First().Title}"
                : $"[Unknown] {string.Join(", ", group.Select(check => check.Id))}");
            Console.Out.WriteLine($"    {group.Key.Item1}");
            if (group.Key.Item2.Length > 0) Console.Out.WriteLine($"    {group.Key.Item2}");
        }
    }

    private static void WriteSarif(string path, SecurityAuditResult result)
    {
        try
        {
            File.WriteAllText(path, SarifReport.Write(result) + "\n");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "ReportNotWritten", ExitCode.Usage, $"{path} could not be written: {trouble.Message}", "Name a file in a folder that this user may write to.", trouble);
        }
    }
}
