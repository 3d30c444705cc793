using Microsoft.Data.Sqlite;
using RePlexOn.Files;
using SQLitePCL;

namespace RePlexOn.Plex.Databases;

/// <summary>
/// Copies a database while a server has it open, by SQLite's online backup out of one read transaction.
/// A backup whose source is in a read transaction already reads from that one and never starts over, however busy the
/// writer is (<c>sqlite3_backup_step</c> begins a transaction of its own, and ends it, only where there is none).
/// </summary>
internal static class LiveCopy
{
    // The main database of a connection, as SQLite names it.
    private const string Main = "main";

    /// <summary>Copies the database.</summary>
    /// <returns>
    /// A moment such that every commit finished before it is in the copy; null when the database cannot be opened
    /// beside a server, because there is none and the last one left its work unfinished.
    /// </returns>
    /// <exception cref="RePlexOnException">Somebody holds the database locked for longer than the patience.</exception>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public static async Task<DateTimeOffset?> RunAsync(CopyJob job, CancellationToken ct)
    {
        // Should the server stop meanwhile, this connection is the last; being read-only it cannot check the log in.
        using var source = SqliteFile.Open(job.From.Main, SqliteOpenMode.ReadOnly);
        var capturedAt = await PinAsync(source, job, ct);
        if (capturedAt is not null) await CopyPagesAsync(source, job, ct);
        return capturedAt;
    }

    private static async Task<DateTimeOffset?> PinAsync(SqliteConnection source, CopyJob job, CancellationToken ct)
    {
        var patience = new Patience(job.Time, job.Options.Patience);
        while (true)
        {
            var now = job.Time.GetUtcNow();
            // The pragma reads the first page and nothing of the schema, which may need what only Plex's SQLite has.
            var result = SqliteFile.TryExecute(source, "BEGIN; PRAGMA schema_version");
            if (result == raw.SQLITE_OK) return now;
            if (IsLeftUnfinished(result)) return null;
            if (!IsBusy(result)) SqliteException.ThrowExceptionForRC(result, source.Handle);
            SqliteFile.TryExecute(source, "ROLLBACK");
            if (!await patience.WaitAsync(ct)) throw DatabaseTrouble.Locked(job);
        }
    }

    private static async Task CopyPagesAsync(SqliteConnection source, CopyJob job, CancellationToken ct)
    {
        CreatePrivate(job.To.Main);
        using var destination = SqliteFile.Open(job.To.Main, SqliteOpenMode.ReadWrite);
        // A copy that is not finished is thrown away, so it needs neither a journal nor to be safe against power loss.
        SqliteFile.Execute(destination, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
        var pageSize = (int)SqliteFile.Number(source, "PRAGMA page_size");

        using var backup = raw.sqlite3_backup_init(destination.Handle, Main, source.Handle, Main);
        if (backup.IsInvalid)
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(destination.Handle), destination.Handle);

        var patience = new Patience(job.Time, job.Options.Patience);
        for (var result = raw.SQLITE_OK; result != raw.SQLITE_DONE;)
        {
            ct.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, job.Options.PagesPerStep);
            if (IsBusy(result))
            {
                if (!await patience.WaitAsync(ct)) throw DatabaseTrouble.Locked(job);
            }
            else if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            {
                throw new SqliteException(raw.sqlite3_errstr(result).utf8_to_string(), result & 0xff, result);
            }
            var total = raw.sqlite3_backup_pagecount(backup);
            job.Report(DatabaseCapturePhase.Copying, total - raw.sqlite3_backup_remaining(backup), total, pageSize);
        }
        SqliteException.ThrowExceptionForRC(raw.sqlite3_backup_finish(backup), destination.Handle);
    }

    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateMode.File,
        };
        new FileStream(path, options).Dispose();
    }

    private static bool IsBusy(int result) => (result & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>
    /// A write-ahead log or a journal waits to be played back, or its index is missing, and a reader may not do that.
    /// </summary>
    private static bool IsLeftUnfinished(int result) => (result & 0xff) is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN;
}
