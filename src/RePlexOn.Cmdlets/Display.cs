using System.Collections;
using System.Globalization;
using System.Management.Automation;
using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.History;
using RePlexOn.Plex.Databases;
using RePlexOn.Restore;
using RePlexOn.Schedules;
using RePlexOn.Security.Audit;
using RePlexOn.Security.Fail2ban;
using RePlexOn.Security.Firewall;
using RePlexOn.Setup;
using RePlexOn.Snapshots;
using RePlexOn.Verification;

namespace RePlexOn.Cmdlets;

/// <summary>What RePlexOn.Format.ps1xml shows: short texts for people. The objects themselves hold plain values.</summary>
public static class Display
{
    /// <summary>A number of bytes; empty for null.</summary>
    public static string Size(long? bytes) => bytes is { } known ? ByteSize.Format(known) : "";

    /// <summary>A number of files with what they weigh.</summary>
    public static string Files(long? files, long? bytes) =>
        files is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{files:N0} files, {Size(bytes)}");

    /// <summary>What something grows by in a day; empty for null.</summary>
    public static string Growth(double? bytesPerDay) =>
        bytesPerDay is { } known ? $"{(known < 0 ? "-" : "")}{ByteSize.Format((long)Math.Abs(known))} a day" : "";

    /// <summary>A share from 0 to 1 in percent; empty for null.</summary>
    public static string Share(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A moment in local time, to the second; empty for null.</summary>
    public static string Moment(DateTimeOffset? moment) => Local(moment, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A moment in local time, to the minute; empty for null.</summary>
    public static string Minute(DateTimeOffset? moment) => Local(moment, "yyyy-MM-dd HH:mm");

    /// <summary>A duration in its two largest units: <c>3.9s</c>, <c>4m 12s</c>, <c>1h 03m</c>, <c>12d 4h</c>; empty for null.</summary>
    public static string Duration(TimeSpan? duration)
    {
        if (duration is not { } time) return "";

        FormattableString text = time switch
        {
            { TotalDays: >= 1 } => $"{time.Days}d {time.Hours}h",
            { TotalHours: >= 1 } => $"{time.Hours}h {time.Minutes:00}m",
            { TotalMinutes: >= 1 } => $"{time.Minutes}m {time.Seconds:00}s",
            _ => $"{time.TotalSeconds:0.0}s",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a snapshot stays.</summary>
    public static string Decision(bool isKept) => isKept ? "keep" : "remove";

    /// <summary>The value of a setting; the parts of a list stand with commas between them.</summary>
    public static string Value(object? value) => value switch
    {
        null => "",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object?>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>How a thing stands, green, yellow or red as <c>$PSStyle</c> has them.</summary>
    /// <param name="status">A run's status, a check's, a delivery's, a backup's health, or a snapshot's state.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>; PowerShell itself takes colours out where none are wanted.</param>
    public static string Status(object? status, object? style)
    {
        string? colour = Plain(status) switch
        {
            RunStatus.Succeeded or CheckStatus.Pass or BackupHealth.Healthy or DeliveryStatus.Delivered
                or SnapshotState.Whole or SnapshotState.FirstSystem => Read(style, "Foreground", "Green"),
            RunStatus.Failed or RunStatus.Interrupted or CheckStatus.Fail or BackupHealth.Failing or BackupHealth.Overdue
                or DeliveryStatus.Failed => Read(style, "Formatting", "Error"),
            CheckStatus.NotApplicable => Read(style, "Foreground", "BrightBlack"),
            _ => Read(style, "Formatting", "Warning"),
        };
        return $"{colour}{status}{(colour is null ? null : Read(style, "Reset"))}";
    }

    /// <summary>What a check found and, where something is to be done, what.</summary>
    public static string Finding(Check check)
    {
        string before = check.PreviousStatus is { } last && last != check.Status ? $" (last time: {last})" : "";
        string seen = check.Evidence.Length > 0 ? $"{check.Title}{before}: {check.Evidence}" : check.Title + before;
        return check.Remediation.Length > 0 ? $"{seen}\n{check.Remediation}" : seen;
    }

    /// <summary>The checks, one a line.</summary>
    public static string Findings(IReadOnlyList<Check> checks, object? style) =>
        string.Join('\n', checks.Select(check => $"{Status(check.Status, style)}  {Finding(check)}"));

    /// <summary>The channels that an alert went over, each in the colour of what became of it.</summary>
    public static string Deliveries(IReadOnlyList<AlertDelivery> deliveries, object? style) => string.Join(", ", deliveries.Select(delivery =>
        delivery.Status == DeliveryStatus.Delivered ? delivery.Channel : $"{delivery.Channel} {Status(delivery.Status, style)}"));

    /// <summary>The checks of an audit that did not pass, one a line, what failed first.</summary>
    public static string Findings(SecurityAuditResult audit, object? style) => string.Join('\n', audit.Checks
        .Where(check => check.Status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Unknown)
        .OrderBy(check => check.Status).ThenByDescending(check => check.Severity)
        .Select(check => $"{Status(check.Status, style)}  {check.Id} {check.Title} ({check.Severity})"));

    /// <summary>How many checks of an audit stand how.</summary>
    public static string Counts(SecurityAuditResult audit) =>
        string.Join(", ", Enum.GetValues<CheckStatus>().Select(status => $"{status}: {audit.Count(status)}"));

    /// <summary>What stands otherwise than at the last audit, one a line.</summary>
    public static string Changes(IReadOnlyList<Check> changed) =>
        string.Join('\n', changed.Select(check => $"{check.Id} {check.Title}: {check.PreviousStatus} -> {check.Status}"));

    /// <summary>A value before or after a change.</summary>
    public static string Changed(string? value) => value switch
    {
        null => "(default)",
        "" => "(empty)",
        _ => value,
    };

    /// <summary>Whether a backup is good, in the colour of its answer.</summary>
    public static string Verdict(bool good, object? style) => good
        ? $"{Read(style, "Foreground", "Green")}good{Read(style, "Reset")}"
        : $"{Read(style, "Formatting", "Error")}not good{Read(style, "Reset")}";

    /// <summary>What is wrong with a backup, one a line; the first twenty.</summary>
    public static string Damages(IReadOnlyList<VerificationFinding> findings)
    {
        const int shown = 20;
        string text = string.Join('\n', findings.Take(shown));
        return findings.Count > shown ? $"{text}\n… and {findings.Count - shown} more" : text;
    }

    /// <summary>The databases of a copy, one a line.</summary>
    public static string Databases(IReadOnlyList<CapturedDatabase>? databases) =>
        string.Join('\n', (databases ?? []).Select(database =>
            $"{Path.GetFileName(database.Path)}, {Size(database.Bytes)}, as of {Moment(database.CapturedAt)}"));

    /// <summary>The jobs that are scheduled, one a line.</summary>
    public static string Jobs(IReadOnlyList<JobStatus> jobs, object? style) => string.Join('\n', jobs
        .Where(job => job.Schedule is not null)
        .Select(job => $"{job.Job}: {job.Schedule}. {Status(job.Health, style)}"));

    /// <summary>When a schedule is due, and whose it is where it is not ours.</summary>
    public static string When(BackupSchedule schedule) =>
        schedule.IsLegacy ? $"{schedule.Description} (first RePlexOn)" : schedule.Description;

    /// <summary>The parts of a planned restore, one a line.</summary>
    public static string RestoreParts(IReadOnlyList<RestorePlanPart> parts) => string.Join('\n', parts.Select(part =>
        $"{part.Part}: {Files(part.FilesFetched, part.BytesFetched)} would be fetched, {Files(part.FilesKeptAside, part.BytesKeptAside)} kept aside"));

    /// <summary>What set-up did, one a line.</summary>
    public static string Steps(IReadOnlyList<SetupStep> steps) => string.Join('\n', steps.Select(step => $"{step.Action}: {step.What}: {step.Where}"));

    /// <summary>How often an address did what, the gravest first.</summary>
    public static string Counts(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(one => $"{one.Key} ({one.Value})"));

    /// <summary>Who is banned, and until when, one a line.</summary>
    public static string Bans(IReadOnlyList<Fail2banBan> bans) => string.Join('\n', bans.Select(ban =>
        ban.Until is null ? ban.Address : $"{ban.Address} until {Moment(ban.Until)}"));

    /// <summary>Until when an address is blocked.</summary>
    public static string Until(BlockedAddress blocked) => blocked.ExpiresAt is { } end ? Minute(end) : "taken back";

    /// <summary>Texts, one a line.</summary>
    public static string Lines(IReadOnlyList<string> texts) => string.Join('\n', texts);

    private static string Local(DateTimeOffset? moment, string format) =>
        moment?.ToLocalTime().ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // The library that modules are compiled against knows no PSStyle.
    private static string? Read(object? style, params ReadOnlySpan<string> path)
    {
        object? value = style;
        foreach (string name in path)
        {
            value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        return Plain(value) as string;
    }
}
