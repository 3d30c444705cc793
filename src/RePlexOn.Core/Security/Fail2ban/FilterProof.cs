using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Security.Fail2ban;

/// <summary>Has the real <c>fail2ban-regex</c> say what a filter makes of a log.</summary>
/// <param name="program">fail2ban's programs.</param>
/// <param name="filter">The filter's file.</param>
internal sealed partial class FilterProof(Fail2banProgram program, string filter)
{
    /// <summary>How many lines there are, and how many match.</summary>
    /// <exception cref="RePlexOnException"><c>Fail2banRefused</c>: it could not say.</exception>
    public async Task<(int Lines, int Matched)> CountAsync(string log, CancellationToken cancellationToken)
    {
        Fail2banProgram.Answer answer = await program.RegexAsync(log, filter, ["--print-no-missed", "--print-no-ignored"], cancellationToken);
        Match figures = Figures().Match(answer.Output);
        return figures.Success
            ? (Number(figures.Groups[1]), Number(figures.Groups[2]))
            : throw Refused(answer);
    }

    /// <summary>Who matches, and when: one for each line.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public async Task<IReadOnlyList<(string Address, DateTimeOffset Time)>> MatchesAsync(string log, CancellationToken cancellationToken)
    {
        Fail2banProgram.Answer answer = await program.RegexAsync(log, filter, ["--out", "<ip> <time>"], cancellationToken);
        if (answer.ExitCode != 0) throw Refused(answer);
        var matches = new List<(string, DateTimeOffset)>();
        foreach (string line in answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var address, var seconds]
                && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out double since))
            {
                matches.Add((address, DateTimeOffset.UnixEpoch.AddSeconds(since)));
            }
        }

        return matches;
    }

    /// <summary>Who would be banned by these matches.</summary>
    /// <param name="matches">Who was refused, and when.</param>
    /// <param name="maxRetry">How many are too many.</param>
    /// <param name="findTime">Within which time.</param>
    public static IReadOnlyList<string> Banned(IEnumerable<(string Address, DateTimeOffset Time)> matches, int maxRetry, TimeSpan findTime) =>
    [
        .. matches.GroupBy(one => one.Address).Where(group =>
        {
            DateTimeOffset[] times = [.. group.Select(one => one.Time).Order()];
            return Enumerable.Range(0, Math.Max(0, times.Length - maxRetry + 1)).Any(first => times[first + maxRetry - 1] - times[first] <= findTime);
        }).Select(group => group.Key),
    ];

    private static RePlexOnException Refused(Fail2banProgram.Answer answer) => new(
        "Fail2banRefused", ExitCode.Failed, $"fail2ban-regex did not say what it found: {answer.Trouble}",
        "Run fail2ban-regex by hand with this log and filter, and see what it says.");

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Lines: (\d+) lines, \d+ ignored, (\d+) matched,", RegexOptions.Multiline)]
    private static partial Regex Figures();
}
