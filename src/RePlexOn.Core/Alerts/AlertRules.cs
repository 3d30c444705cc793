using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Alerts;

/// <summary>Decides what is told by itself, and tells it.</summary>
/// <param name="configuration">What the user set.</param>
/// <param name="history">What happened.</param>
/// <param name="channels">Whom to tell.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertRules(RePlexOnConfiguration configuration, HistoryStore history, AlertChannels channels, TimeProvider time)
{
    private readonly AlertPost _post = new(new AlertHistory(history), channels.All, time);
    private readonly AlertWriter _writer = new(history, time);

    private AlertSettings Settings => configuration.Alerts;

    /// <summary>Whether runs that were started so are told of.</summary>
    public static bool Concerns(AlertSettings settings, RunTrigger trigger) => settings.Runs switch
    {
        AlertedRuns.All => trigger != RunTrigger.Imported,
        AlertedRuns.Scheduled => trigger == RunTrigger.Schedule,
        _ => false,
    };

    /// <summary>Tells of a run that has just ended, and what is due besides.</summary>
    /// <param name="runs">That run, after those that were found dead at its beginning.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AfterRunAsync(IReadOnlyList<BackupRun> runs, CancellationToken cancellationToken)
    {
        if (channels.All.Count == 0) return;

        foreach (BackupRun run in runs.Where(run => Concerns(Settings, run.Trigger)))
        {
            if (_writer.Of(run, Settings.Warnings) is { } alert) await _post.SendAsync(alert, cancellationToken);
        }

        if (runs[^1].Status == RunStatus.Cancelled) return;

        if (DigestIsDue() is { } week)
        {
            BackupStatus status = await new BackupStatusReader(time).ReadAsync(configuration, cancellationToken);
            await _post.SendAsync(new WeeklyDigest(history, time).Write(week, status), cancellationToken);
        }

        await _post.RetryAsync(cancellationToken);
    }

    /// <summary>Tells what can be seen from how the backup stands: what did not come, what died without a word, what is well again.</summary>
    /// <returns>What was told, or was tried again.</returns>
    public async Task<IReadOnlyList<AlertRecord>> CheckAsync(BackupStatus status, CancellationToken cancellationToken)
    {
        var told = new List<AlertRecord>();
        foreach (JobStatus job in status.Jobs)
        {
            if (Of(job) is { } alert && await _post.SendAsync(alert, cancellationToken) is { } record) told.Add(record);
        }

        if (DigestIsDue() is { } week && await _post.SendAsync(new WeeklyDigest(history, time).Write(week, status), cancellationToken) is { } digest)
            told.Add(digest);
        // Last: what was told just now may be newer news of the same.
        return [.. told, .. await _post.RetryAsync(cancellationToken)];
    }

    private Alert? Of(JobStatus job)
    {
        if (job.Health == BackupHealth.Overdue) return _writer.Overdue(job);
        if (job.LastRun is not { } run || job.Health is not (BackupHealth.Failing or BackupHealth.Healthy)) return null;

        Alert? alert = _writer.Of(run, Settings.Warnings);
        // That it is well again is told whoever made it so.
        return alert?.Kind == AlertKind.Recovery || Concerns(Settings, run.Trigger) ? alert : null;
    }

    private string? DigestIsDue()
    {
        if (Settings.DigestOn == DigestDay.Never) return null;

        string name = new WeeklyDigest(history, time).Name(Settings.DigestOn);
        return new AlertHistory(history).WasTold(WeeklyDigest.Topic, name) ? null : name;
    }
}
