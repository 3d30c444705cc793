using System.Globalization;
using System.Text.Json;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>One import of a log under way.</summary>
/// <param name="store">Where runs go.</param>
/// <param name="options">What is asked.</param>
/// <param name="log">The log as it is; null where there is none.</param>
/// <param name="track">The tracking file as it is; null where there is none.</param>
/// <param name="bookmark">How far the log was read before; null where it never was.</param>
/// <param name="time">The clock.</param>
internal sealed class LogReading(
    HistoryStore store, LogImportOptions options, FileStatus? log, FileStatus? track, LogBookmark? bookmark, TimeProvider time)
{
    // So many runs are written at once: the history is locked for moments, and memory does not grow with the log.
    private const int BatchSize = 4000;

    private readonly LogDates _dates = new(options.TimeZone ?? time.LocalTimeZone);
    private readonly LogState _state = bookmark?.State ?? new LogState();
    private readonly List<BackupRun> _runs = [];
    private LogBookmark _place = bookmark ?? new LogBookmark();
    private int _added;
    private int _known;

    /// <summary>Reads what is new, and adds it.</summary>
    /// <param name="result">What is known of the import so far.</param>
    /// <param name="tracking">The tracking file; null where there is none.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public LegacyImportResult Run(
        LegacyImportResult result, string? tracking, IProgress<LegacyImportProgress>? progress, CancellationToken cancellationToken)
    {
        var runs = new LogRuns(_state, _dates, _runs.Add);
        IReadOnlyList<LogPart> parts = LogPart.Of(options.Path, log, bookmark);
        long bytes = 0;
        foreach (LogPart part in parts) bytes += ReadPart(part, runs, progress, cancellationToken) - part.Offset;

        runs.GiveUp(SilenceOf(log, time));
        IReadOnlyList<TrackedRun> tracked = tracking is null ? [] : TrackingFile.Read(tracking);
        _place = _place with { LogStamp = log?.ToStamp(), TrackingStamp = track?.ToStamp(), State = _state };
        return store.Import(ledger =>
        {
            Add(ledger);
            IReadOnlyList<ToldRun> told = ledger.Mirrors(), left = ToldTwice.Remove(ledger, told);
            (int byDay, int knownByDay, int removed) = TrackingFile.Reconcile(ledger, left, tracked, DaysUnderWay(), _dates);
            SavePlace(ledger);
            return result with
            {
                Added = _added + byDay, AddedByDay = byDay, Known = _known + knownByDay, Replaced = told.Count - left.Count + removed,
                BytesRead = bytes, Notes = NotesOf(runs),
            };
        });
    }

    /// <summary>How long nothing has been written to a log; for ever where it is not there.</summary>
    public static TimeSpan SilenceOf(FileStatus? log, TimeProvider time) => log is { } there
        ? time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddTicks(there.ModifiedNs / TimeSpan.NanosecondsPerTick) : TimeSpan.MaxValue;

    private long ReadPart(LogPart part, LogRuns runs, IProgress<LegacyImportProgress>? progress, CancellationToken cancellationToken)
    {
        using FileStream file = LogFile.Open(part.Path);
        file.Position = part.Offset;
        long size = file.Length;
        var scanner = new LogScanner((line, next) =>
        {
            runs.Take(line);
            if (_runs.Count >= BatchSize) Flush(part, file, next);
        });
        long end = scanner.Scan(
            file, progress is null ? null : offset => progress.Report(new(part.Path, offset, size)), cancellationToken);
        Mark(part, file, end);
        return end;
    }

    private void Flush(LogPart part, FileStream file, long offset)
    {
        Mark(part, file, offset);
        store.Import(ledger =>
        {
            Add(ledger);
            // Of a rotated part no place is kept: should this end here, it is read again, and adds nothing twice.
            if (part.Path == options.Path) SavePlace(ledger);
            return true;
        });
    }

    private void Mark(LogPart part, FileStream file, long offset)
    {
        if (part.Path != options.Path) return;

        (int bytes, string sha256) = LogFile.Head(file, offset);
        _place = new LogBookmark { Offset = offset, HeadBytes = bytes, HeadSha256 = sha256, State = _state };
    }

    private void SavePlace(ImportLedger ledger) =>
        ledger.SaveBookmark(options.Path, JsonSerializer.Serialize(_place, LogBookmarkWriting.Default.LogBookmark));

    private void Add(ImportLedger ledger)
    {
        foreach (BackupRun run in _runs)
        {
            if (ledger.Add(run, ImportOrigin.Log)) _added++;
            else _known++;
        }

        _runs.Clear();
    }

    private HashSet<DateOnly> DaysUnderWay() =>
    [
        .. _state.Open.Where(run => run is { Kind: RunKind.Mirror, StartedAt: not null })
            .Select(run => DateOnly.FromDateTime(run.StartedAt!.Value.DateTime)),
    ];

    private List<string> NotesOf(LogRuns runs)
    {
        var notes = new List<string>();
        if (runs.Unreadable > 0)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"Dates that could not be read: {runs.Unreadable}. The first: {DisplayPath.Of(runs.FirstUnreadable!)}"));
        }

        if (_dates.UnknownZones.Count > 0)
        {
            notes.Add(
                $"Time zones that are not known, and were taken for {(options.TimeZone ?? time.LocalTimeZone).Id}: {string.Join(", ", _dates.UnknownZones)}.");
        }

        if (_state.Open.Count > 0)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"Runs that have begun and not ended yet: {_state.Open.Count}. They are added once they end, or when nothing was heard of them for two days."));
        }

        return notes;
    }
}
