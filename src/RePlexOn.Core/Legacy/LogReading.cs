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
    private readonly List<string> _damaged = [];
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
        // A damaged log is looked at again each time, and told of.
        _place = _place with { LogStamp = _damaged.Contains(options.Path) ? null : log?.ToStamp(), TrackingStamp = track?.ToStamp(), State = _state };
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
        using var text = LogText.Open(part.Path);
        text.GoTo(part.Offset, cancellationToken);
        long size = text.FileBytes;
        var scanner = new LogScanner((line, next) =>
        {
            runs.Take(line);
            if (_runs.Count >= BatchSize) Flush(part, text, next);
        });
        long end = scanner.Scan(
            text.Stream, progress is null ? null : offset => progress.Report(new(part.Path, text.FileBytesAt(offset), size)), cancellationToken);
        Mark(part, text, end);
        if (text.IsDamaged) _damaged.Add(part.Path);
        return end;
    }

    private void Flush(LogPart part, LogText text, long offset)
    {
        Mark(part, text, offset);
        store.Import(ledger =>
        {
            Add(ledger);
            // Of a rotated part no place is kept: should this end here, it is read again, and adds nothing twice.
            if (part.Path == options.Path) SavePlace(ledger);
            return true;
        });
    }

    private void Mark(LogPart part, LogText text, long offset)
    {
        if (part.Path != options.Path) return;

        (int bytes, string sha256) = text.Head(offset);
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
        List<string> notes =
        [
            .. _damaged.Select(path => $"{DisplayPath.Of(path)} is damaged or was cut off (see gzip -t). What could be unpacked of it was read."),
        ];
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
