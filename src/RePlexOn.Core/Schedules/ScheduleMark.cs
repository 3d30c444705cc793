using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Schedules;

/// <summary>The comment before a line of ours in a crontab: it tells our lines from all others.</summary>
/// <param name="Job">What the line starts.</param>
/// <param name="Since">When it was first written so.</param>
/// <param name="ConfigurationPath">The configuration that it is for.</param>
/// <param name="ClosesLine">Whether the line above had no end before, so that its end is ours too.</param>
internal sealed partial record ScheduleMark(ScheduleJob Job, DateTimeOffset Since, string ConfigurationPath, bool ClosesLine)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>What every mark begins with, in the bytes of a crontab.</summary>
    public const string Start = "# RePlexOn: ";

    /// <summary>Reads a mark; null for any other line.</summary>
    public static ScheduleMark? Read(string line)
    {
        Match match = Form().Match(line);
        return match.Success && Enum.TryParse(match.Groups["job"].Value, out ScheduleJob job)
            && TryReadTime(match.Groups["since"].Value, out DateTimeOffset since)
            ? new ScheduleMark(job, since, match.Groups["path"].Value, match.Groups["closes"].Success)
            : null;
    }

    /// <summary>A moment as marks and units hold it.</summary>
    public static string TimeText(DateTimeOffset moment) => moment.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a moment that <see cref="TimeText"/> wrote.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Start}{Job} since {TimeText(Since)}{(ClosesLine ? " (and the end of the line above)" : "")}, configuration {ConfigurationPath}";

    [GeneratedRegex(@"^# RePlexOn: (?<job>[A-Za-z]+) since (?<since>[0-9TZ:-]+)(?<closes> \(and the end of the line above\))?, configuration (?<path>/[^\r\n]*)$")]
    private static partial Regex Form();
}
