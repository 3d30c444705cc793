namespace RePlexOn.Schedules;

/// <summary>A line of a crontab that starts something.</summary>
/// <param name="Expression">When.</param>
/// <param name="Command">What, as <c>sh</c> gets it but for cron's own marks.</param>
internal sealed record CrontabLine(CronExpression Expression, string Command)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads a line; null for comments, variables and what cron would not take.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="hasUser">Whether a user stands between the times and the command, as in /etc/crontab.</param>
    public static CrontabLine? Read(string line, bool hasUser)
    {
        string rest = line.TrimStart(Blanks);
        if (rest.Length == 0 || rest[0] == '#') return null;

        int fields = rest[0] == '@' ? 1 : CronFieldKind.All.Count;
        string times = "";
        for (int i = 0; i < fields; i++) times += $" {TakeWord(ref rest)}";
        if (hasUser) TakeWord(ref rest);
        return rest.Length > 0 && CronExpression.TryParse(times, out CronExpression? expression)
            ? new CrontabLine(expression, rest.TrimEnd('\r'))
            : null;
    }

    private static string TakeWord(ref string rest)
    {
        int end = rest.IndexOfAny(Blanks);
        string word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? "" : rest[end..].TrimStart(Blanks);
        return word;
    }
}
