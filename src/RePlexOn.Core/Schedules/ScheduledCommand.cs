using System.Text;

namespace RePlexOn.Schedules;

/// <summary>The program that a schedule starts, with its arguments as a list, and how cron and systemd have them written.</summary>
internal sealed record ScheduledCommand(IReadOnlyList<string> Words)
{
    // Longer lines are refused, or cut, by cron up to version 3.0pl1 (MAX_COMMAND).
    private const int LongestCronCommand = 998;

    // What PowerShell takes for a single quote, and what doubled stands for itself within one.
    private const string PowerShellQuotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>The command of a job by the command line.</summary>
    /// <param name="job">The job.</param>
    /// <param name="program">Full path of <c>replexon</c>.</param>
    /// <param name="configurationPath">Full path of the configuration.</param>
    public static ScheduledCommand OfCommandLine(ScheduleJob job, string program, string configurationPath) =>
        new([program, .. ScheduledWork.Of(job).Words, "--config", configurationPath]);

    /// <summary>The command of a job by PowerShell.</summary>
    /// <param name="job">The job.</param>
    /// <param name="program">Full path of <c>pwsh</c>.</param>
    /// <param name="module">Folder of the module.</param>
    /// <param name="configurationPath">Full path of the configuration.</param>
    public static ScheduledCommand OfPowerShell(ScheduleJob job, string program, string module, string configurationPath)
    {
        string script = $"$ErrorActionPreference = 'Stop'; Import-Module {PowerShellText(module)}; "
            + $"$PSDefaultParameterValues['*-*:ConfigurationPath'] = {PowerShellText(configurationPath)}; {ScheduledWork.Of(job).Cmdlet}";
        return new([program, "-NoProfile", "-NonInteractive", "-Command", script]);
    }

    /// <summary>As the command field of a crontab: words for <c>sh</c>, whose output goes nowhere, so that cron mails trouble alone.</summary>
    /// <exception cref="RePlexOnException"><c>ScheduleNotWritable</c>: cron could not take it.</exception>
    public string ForCron()
    {
        RefuseControlCharacters();
        // cron ends a command at %, and takes the backslash off in front of one, before sh sees any of it; a
        // backslash of ours just before would undo that, so the quotes are closed and opened between the two.
        string command = string.Join(' ', Words.Select(ShellText)).Replace("\\%", "\\''%", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal) + " > /dev/null";
        return Encoding.UTF8.GetByteCount(command) <= LongestCronCommand
            ? command
            : throw NotWritable($"The command is longer than {LongestCronCommand} bytes, the most that cron takes.");
    }

    /// <summary>As the value of <c>ExecStart=</c>; see "command lines" in systemd.service(5).</summary>
    /// <exception cref="RePlexOnException"><c>ScheduleNotWritable</c>: a unit could not hold it.</exception>
    public string ForSystemd()
    {
        RefuseControlCharacters();
        // The colon leaves dollar signs alone.
        return ":" + string.Join(' ', Words.Select(SystemdText.Quote));
    }

    private static string ShellText(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:@,".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string PowerShellText(string text) =>
        $"'{string.Concat(text.Select(c => PowerShellQuotes.Contains(c, StringComparison.Ordinal) ? $"{c}{c}" : c.ToString()))}'";

    private void RefuseControlCharacters()
    {
        if (Words.FirstOrDefault(word => word.Any(char.IsControl)) is { } word)
            throw NotWritable($"'{string.Concat(word.Select(c => char.IsControl(c) ? '?' : c))}' holds a line end or another control character.");
    }

    private static RePlexOnException NotWritable(string what) => new(
        "ScheduleNotWritable", ExitCode.Usage, what, "Give the program or the configuration a shorter and plainer path, for example by a link.");
}
