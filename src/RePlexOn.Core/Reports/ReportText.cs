using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.History;

namespace RePlexOn.Reports;

/// <summary>Words and figures as a report writes them.</summary>
internal static class ReportText
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day without its year, for an axis: <c>3 Nov</c>.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>A month: <c>November 2026</c>.</summary>
    public static string Month(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A moment by its own clock, to the minute; a dash for null.</summary>
    public static string Minute(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";

    public static string Share(double? share) => share?.ToString(share is 1 ? "0 %" : "0.0 %", CultureInfo.InvariantCulture) ?? "–";

    public static string Size(long? bytes) => bytes is { } known ? ByteSize.Format(known) : "–";

    public static string Growth(double? bytesPerDay) => bytesPerDay switch
    {
        null => "",
        < 0 => $"shrinks by {ByteSize.Format((long)-bytesPerDay)} a day",
        _ => $"grows by {ByteSize.Format((long)bytesPerDay)} a day",
    };

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: <c>1 run</c>, <c>2 runs</c>.</summary>
    public static string Count(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>How long something took, in its two largest units; a dash for null.</summary>
    public static string Duration(TimeSpan? duration)
    {
        if (duration is not { } time) return "–";

        FormattableString text = time switch
        {
            { TotalHours: >= 1 } => $"{(int)time.TotalHours} h {time.Minutes:00} min",
            { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds:00} s",
            _ => $"{time.TotalSeconds:0.0} s",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>How long ago something was, in words: <c>5 minutes</c>, <c>3 days</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Count((long)age.TotalDays, "day"),
        { TotalHours: >= 2 } => Count((long)age.TotalHours, "hour"),
        _ => Count(Math.Max(0, (long)age.TotalMinutes), "minute"),
    };

    public static string Kind(RunKind kind) => kind switch
    {
        RunKind.Mirror => "Backup",
        RunKind.Prune => "Clean-up",
        RunKind.ConfigBackup => "Configuration",
        RunKind.Verify => "Verification",
        _ => kind.ToString(),
    };

    /// <summary>A health as a headline.</summary>
    public static string Headline(BackupHealth health) => health switch
    {
        BackupHealth.Healthy => "All is well",
        BackupHealth.Running => "A backup is under way",
        BackupHealth.Failing => "The backup is failing",
        BackupHealth.Overdue => "The backup is overdue",
        _ => "No backup yet",
    };

    /// <summary>The tone of a health: <c>good</c>, <c>warn</c>, <c>bad</c> or <c>calm</c>, as the style sheet names them.</summary>
    public static string Tone(BackupHealth health) => health switch
    {
        BackupHealth.Healthy => "good",
        BackupHealth.Running => "calm",
        BackupHealth.NeverRun => "warn",
        _ => "bad",
    };

    /// <summary>The tone of a run.</summary>
    public static string Tone(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "good",
        RunStatus.Warning => "warn",
        RunStatus.Failed or RunStatus.Interrupted => "bad",
        _ => "calm",
    };
}
