using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Schedules;

namespace RePlexOn.Alerts;

/// <summary>Puts into words what a run or a job has to tell.</summary>
/// <param name="history">For what was before.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertWriter(HistoryStore history, TimeProvider time)
{
    private const int RunsShown = 5;

    private readonly AlertHistory _alerts = new(history);

    /// <summary>What a run that is over has to tell.</summary>
    /// <param name="run">The run.</param>
    /// <param name="warnings">Whether warnings are told of; without, a run that ended with some counts as good.</param>
    /// <returns>The alert; null for a run that is under way, or that found another one at work.</returns>
    public Alert? Of(BackupRun run, bool warnings) => run.Status switch
    {
        RunStatus.Running => null,
        RunStatus.Failed when run.ExitCode == ExitCode.Locked => null,
        RunStatus.Succeeded => Recovery(run),
        RunStatus.Warning => warnings ? Warning(run) : Recovery(run),
        _ => Failure(run),
    };

    /// <summary>What a job that did not come has to tell.</summary>
    public Alert Overdue(JobStatus job)
    {
        string noun = NounOf(job.Job);
        return New(AlertKind.Overdue, TopicOf(job.Job), "Overdue", $"A {noun} is overdue") with
        {
            Text = JobSummary.Of(job),
            Advice = job.LastRun?.Status == RunStatus.Running
                ? "See what the run that is still there waits for: replexon status, then the target and the network. Stop it if it hangs."
                : "See whether the machine was off, and whether the schedule is still there and fires: replexon schedule list; systemctl list-timers or "
                    + "journalctl -u cron. Then start it by hand.",
            Facts = Known(
                ("Was due", Moment(job.DueAt)), ("Schedule", job.Schedule), ("Last good", Ago(job.LastGoodRun?.EndedAt)), ("Next due", Moment(job.NextDueAt))),
            Lines = RecentRuns(KindOf(job.Job)),
            LinesTitle = $"The last {noun}s",
        };
    }

    /// <summary>One line of a list of runs.</summary>
    public static string LineOf(BackupRun run) => string.Create(
        CultureInfo.InvariantCulture, $"{run.StartedAt:yyyy-MM-dd HH:mm}  {run.Kind,-12}  {run.Status,-11}  {run.Message}");

    /// <summary>A moment and how long ago it is; <c>never</c> for null.</summary>
    public string Ago(DateTimeOffset? moment) => moment is { } at ? $"{Moment(at)}, {Span(time.GetUtcNow() - at)} ago" : "never";

    /// <summary>A moment as a person reads it; null for null.</summary>
    public static string? Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>Facts without those that are not known.</summary>
    public static IReadOnlyList<AlertFact> Known(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var known = new List<AlertFact>();
        foreach ((string name, string? value) in facts)
        {
            if (!string.IsNullOrEmpty(value)) known.Add(new AlertFact(name, value));
        }

        return known;
    }

    private Alert Failure(BackupRun run)
    {
        string noun = NounOf(run.Kind);
        string title = run.Status switch
        {
            RunStatus.Cancelled => $"The {noun} was stopped before it was done",
            RunStatus.Interrupted => $"The {noun} was cut off",
            _ => $"The {noun} failed",
        };
        return New(AlertKind.Failure, TopicOf(run), run.ErrorId ?? run.Status.ToString(), title) with
        {
            Text = run.Message ?? $"{title}; why is not known.",
            Advice = run.Advice,
            Facts = FactsOf(run),
            Lines = run.Warnings.Count > 0 ? run.Warnings : RecentRuns(run.Kind),
            LinesTitle = run.Warnings.Count > 0 ? "What was seen" : $"The last {noun}s",
            RunId = run.Id,
        };
    }

    private Alert Warning(BackupRun run) =>
        New(AlertKind.Warning, TopicOf(run), $"Warning {Fingerprint(run.Warnings)}", $"The {NounOf(run.Kind)} ended with warnings") with
        {
            Text = $"{(run.Warnings.Count == 1 ? "There is a warning" : $"There are {run.Warnings.Count} warnings")}: {string.Join(' ', run.Warnings.Take(1))} {run.Message}",
            Advice = "Read the warnings below. What they name may lack in the copy; a later run that ends without any puts it right.",
            Facts = FactsOf(run),
            Lines = run.Warnings,
            LinesTitle = "The warnings",
            RunId = run.Id,
        };

    private Alert Recovery(BackupRun run)
    {
        string noun = NounOf(run.Kind);
        AlertRecord? open = history.IsEmpty ? null : _alerts.FirstOpen(TopicOf(run));
        return New(AlertKind.Recovery, TopicOf(run), trouble: null, $"The {noun} is well again") with
        {
            Text = run.Message ?? "It ended well.",
            Facts = [.. Known(("In trouble since", open is null ? null : Ago(open.At)), ("It was", open?.Alert.Title)), .. FactsOf(run)],
            RunId = run.Id,
        };
    }

    private Alert New(AlertKind kind, string topic, string? trouble, string title) =>
        new() { Kind = kind, Topic = topic, Trouble = trouble, Title = title, Text = "", At = time.GetLocalNow() };

    private IReadOnlyList<AlertFact> FactsOf(BackupRun run)
    {
        bool isBad = run.Status is not (RunStatus.Succeeded or RunStatus.Warning);
        return Known(
            ("Error", run.ErrorId is null ? null : $"{run.ErrorId} (exit code {(int)(run.ExitCode ?? ExitCode.Failed)})"),
            ("Started", Moment(run.StartedAt)),
            ("Took", Span(run.Duration)),
            ("From", run.Source),
            ("To", run.Target),
            ("In the copy", run.FilesTotal > 0 ? $"{run.FilesTotal} files, {ByteSize.Format(run.BytesTotal)}" : null),
            ("Last good", isBad && !history.IsEmpty ? Ago(LastGood(run.Kind)?.EndedAt) : null),
            ("Run", run.Number > 0 ? $"{run.Number} ({run.Id})" : null));
    }

    private BackupRun? LastGood(RunKind kind) => history.Last(kind, RunStatus.Succeeded, RunStatus.Warning);

    private string[] RecentRuns(RunKind kind) =>
        [.. history.Query(new RunQuery { Kinds = [kind], Last = RunsShown }).Reverse().Select(LineOf)];

    // Counts in a text change from day to day; the trouble is the same.
    private static string Fingerprint(IReadOnlyList<string> warnings)
    {
        string text = string.Join('\n', warnings.Select(warning => string.Concat(warning.Where(c => !char.IsDigit(c)))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>What a run's alerts are filed under; snapshots that are verified stand by themselves.</summary>
    private static string TopicOf(BackupRun run) =>
        run is { Kind: RunKind.Verify, PassReason: { } what } && what != Verification.VerificationResult.Mirror ? $"Verify {what}" : run.Kind.ToString();

    private static string TopicOf(ScheduleJob job) => KindOf(job).ToString();

    private static RunKind KindOf(ScheduleJob job) => ScheduledWork.Of(job).Leaves ?? RunKind.Mirror;

    private static string NounOf(ScheduleJob job) => NounOf(KindOf(job));

    private static string NounOf(RunKind kind) => kind switch
    {
        RunKind.Snapshot => "snapshot",
        RunKind.Prune => "clean-up of snapshots",
        RunKind.ConfigBackup => "configuration backup",
        RunKind.Verify => "verification",
        RunKind.Restore => "restore",
        _ => "backup",
    };

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(int)span.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)span.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)span.TotalMinutes} minutes",
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} seconds"),
    };
}
