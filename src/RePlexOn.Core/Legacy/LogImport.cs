using System.Text.Json;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>
/// Reads the first system's log and tracking file into the history. What was read once is not read again: an import
/// goes on where the last one ended, also where the log was rotated in between.
/// </summary>
public sealed class LogImport(TimeProvider time)
{
    /// <summary>Reads what is new.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; what was read by then is kept, and the next import goes on from there.</param>
    /// <exception cref="RePlexOnException">
    /// <c>LegacyLogMissing</c>, <c>LegacyLogUnreadable</c>; or the history cannot be written.
    /// </exception>
    public Task<LegacyImportResult> RunAsync(
        LogImportOptions options, IProgress<LegacyImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(options, progress, cancellationToken), cancellationToken);

    /// <inheritdoc cref="RunAsync" />
    public LegacyImportResult Run(
        LogImportOptions options, IProgress<LegacyImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long began = time.GetTimestamp();
        string tracking = options.TrackingPath ?? TrackingFile.BesideLog(options.Path);
        FileStatus? log = LogFile.Look(options.Path), track = LogFile.Look(tracking);
        bool isAskedFor = options.TrackingPath is not null;
        if ((log is null && track is null) || (isAskedFor && track is null)) throw Missing(isAskedFor && track is null ? tracking : options.Path);

        LogBookmark? bookmark;
        using (HistoryStore history = HistoryStore.Open(options.StateDirectory, HistoryAccess.Read, time))
            bookmark = ReadBookmark(history.ImportBookmark(options.Path));
        var result = new LegacyImportResult
        {
            Path = options.Path, TrackingPath = track is null ? null : tracking, IsDryRun = options.DryRun,
        };
        if (IsIdle(bookmark, log, track)) return result with { Duration = time.GetElapsedTime(began) };

        using HistoryStore store = options.DryRun
            ? HistoryStore.OpenTrial(options.StateDirectory, time)
            : HistoryStore.Open(options.StateDirectory, HistoryAccess.Write, time);
        var reading = new LogReading(store, options, log, track, bookmark, time);
        result = reading.Run(result, track is null ? null : tracking, progress, cancellationToken);
        return result with { Duration = time.GetElapsedTime(began) };
    }

    private static LogBookmark? ReadBookmark(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, LogBookmarkReading.Default.LogBookmark);
        }
        catch (JsonException)
        {
            // Then all is read again, which adds nothing twice.
            return null;
        }
    }

    // A run that is still open may have to be given up by now.
    private bool IsIdle(LogBookmark? bookmark, FileStatus? log, FileStatus? track) =>
        bookmark is not null && bookmark.LogStamp == log?.ToStamp() && bookmark.TrackingStamp == track?.ToStamp()
        && !bookmark.State.Open.Exists(run => LogRuns.IsHopeless(run, bookmark.State, LogReading.SilenceOf(log, time)));

    private static RePlexOnException Missing(string path) => new(
        "LegacyLogMissing", ExitCode.Usage, $"There is no log of the first RePlexOn at {path}.",
        "Name it: it is what cron's line for backup-plex.sh writes to (crontab -l), or BACKUP_LOG_PATH in the first RePlexOn's .env.");
}
