using System.Globalization;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>
/// Reads the first system's database into the history. It never looked whether snapshots and clean-ups happened: such
/// rows are left out, and so is what the log tells better.
/// </summary>
public sealed class HistoryImport(TimeProvider time)
{
    /// <summary>Reads it.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="progress">Told which file is read.</param>
    /// <param name="cancellationToken">Stops it; then nothing was added.</param>
    /// <exception cref="RePlexOnException">
    /// <c>LegacyDatabaseUnreadable</c>, <c>LegacyDatabaseForeign</c>; or the history cannot be written.
    /// </exception>
    public Task<LegacyImportResult> RunAsync(
        HistoryImportOptions options, IProgress<LegacyImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(options, progress, cancellationToken), cancellationToken);

    private LegacyImportResult Run(HistoryImportOptions options, IProgress<LegacyImportProgress>? progress, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        progress?.Report(new(options.Path, 0, 1));
        var dates = new LogDates(options.TimeZone ?? time.LocalTimeZone);
        IReadOnlyList<FirstRow> rows = FirstDatabase.Read(options.Path, cancellationToken);
        FirstRow[] invented = [.. rows.Where(IsInvented)];
        FirstRow[] tracked = [.. rows.Where(IsTracked)];
        BackupRun[] runs = [.. rows.Except(invented).Where(row => !IsTracked(row) || HasEnd(row)).Select(row => RunOf(row, dates))];
        cancellationToken.ThrowIfCancellationRequested();

        using HistoryStore store = options.DryRun
            ? HistoryStore.OpenTrial(options.StateDirectory, time)
            : HistoryStore.Open(options.StateDirectory, HistoryAccess.Write, time);
        return store.Import(ledger =>
        {
            IReadOnlyList<ToldRun> before = ledger.Mirrors();
            var log = new ToldTwice.LogTimes(before);
            BackupRun[] told = [.. runs.Where(run => run.Kind == RunKind.Mirror && log.Tells(run.StartedAt))];
            int added = runs.Except(told).Count(run => ledger.Add(run, ImportOrigin.Database));
            int known = runs.Length - told.Length - added;
            (int byDay, int knownByDay, int removed) = TrackingFile.Reconcile(
                ledger, ledger.Mirrors(), LinesOf(tracked, before), new HashSet<DateOnly>(), dates);
            int others = tracked.Count(row => !HasEnd(row)) - byDay;
            int there = Math.Min(knownByDay, others);
            int better = told.Length + others - there;
            return new LegacyImportResult
            {
                Path = options.Path,
                Added = added + byDay,
                AddedByDay = byDay,
                Known = known + there,
                Replaced = removed,
                LeftOut = invented.Length + better,
                IsDryRun = options.DryRun,
                Duration = time.GetElapsedTime(began),
                Notes = NotesOf(invented.Length, better, byDay),
            };
        });
    }

    // For each Sunday that went well it wrote a snapshot at 03:30 and a clean-up at 04:00, and looked at neither.
    private static bool IsInvented(FirstRow row) =>
        row is { Kind: "snapshot" or "cleanup", IsManual: false, FinishedAt: null, Seconds: null, TotalBytes: 0, SentBytes: 0 };

    // Its rows of mirrors are lines of the tracking file, at 03:00 whenever they ran.
    private static bool IsTracked(FirstRow row) => row is { Kind: "daily_mirror", IsManual: false };

    // It keeps one line of a day, where the file that was read before may have had more.
    private static IEnumerable<TrackedRun> LinesOf(FirstRow[] tracked, IReadOnlyList<ToldRun> before)
    {
        Dictionary<TrackedRun, int> there = TrackingFile.Count(before);
        return tracked.Select(row => new TrackedRun(DateOnly.FromDateTime(row.StartedAt), row.Status == "success")).GroupBy(line => line)
            .SelectMany(same => Enumerable.Repeat(same.Key, Math.Max(same.Count(), there.GetValueOrDefault(same.Key))));
    }

    // Some of them it gave the end, and how long it took, that the log tells.
    private static bool HasEnd(FirstRow row) => row is { FinishedAt: not null, Seconds: not null };

    private static BackupRun RunOf(FirstRow row, LogDates dates)
    {
        DateTimeOffset At(DateTime moment) =>
            row.IsManual ? dates.AtHome(new DateTimeOffset(moment, TimeSpan.Zero)) : dates.AtHome(moment);
        DateTimeOffset? ended = row.FinishedAt is { } finished ? At(finished) : null;
        // The beginning it shows is made up; its end and how long it took are the log's.
        DateTimeOffset started = IsTracked(row) && row is { FinishedAt: { } end, Seconds: { } seconds } ? At(end.AddSeconds(-seconds)) : At(row.StartedAt);
        (RunStatus status, string message) = row.Status switch
        {
            "success" => (RunStatus.Succeeded, "Succeeded, says the first RePlexOn."),
            "failure" => (RunStatus.Failed, row.Error is { Length: > 0 } error ? $"Failed: {error}" : "Failed, says the first RePlexOn."),
            _ => (RunStatus.Interrupted, "The first RePlexOn never noted how it ended."),
        };
        return new BackupRun
        {
            Id = ImportedId.Of("database", row.Kind, row.StartedAt.ToString("O", CultureInfo.InvariantCulture), row.Id.ToString(CultureInfo.InvariantCulture)),
            Kind = row.Kind switch
            {
                "snapshot" => RunKind.Snapshot,
                "cleanup" => RunKind.Prune,
                "script_backup" => RunKind.ConfigBackup,
                _ => RunKind.Mirror,
            },
            Trigger = RunTrigger.Imported,
            Status = status,
            StartedAt = started,
            EndedAt = ended ?? started,
            Duration = row.Seconds is { } took && took > 0 && took < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(took) : TimeSpan.Zero,
            BytesTotal = row.TotalBytes,
            BytesSent = row.SentBytes,
            FilesSent = row.FilesSent,
            ExitCode = status == RunStatus.Succeeded ? ExitCode.Succeeded : ExitCode.Failed,
            ErrorId = status switch { RunStatus.Succeeded => null, RunStatus.Interrupted => "Interrupted", _ => FinishedRun.FailureId },
            Message = message,
            Host = Environment.MachineName,
            ToolVersion = FinishedRun.ToolVersion,
        };
    }

    private static List<string> NotesOf(int invented, int better, int byDay)
    {
        var notes = new List<string>();
        Note(invented, "Left out, since the first RePlexOn wrote them for every good Sunday without looking: snapshots and clean-ups");
        Note(better, "Left out, since the log tells them better: mirrors");
        Note(byDay, "Added with their day alone, since the 03:00 that they show is made up: mirrors");
        return notes;

        void Note(int count, string what)
        {
            if (count > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {count}."));
        }
    }
}
