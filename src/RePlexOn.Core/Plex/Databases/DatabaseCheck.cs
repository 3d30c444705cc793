using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RePlexOn.Plex.Databases;

/// <summary>
/// Reads a database from end to end and says whether it is sound: every page belongs to one tree or to the free list,
/// every tree is in order, every row can be read. The content of indexes is not compared with that of tables, because
/// Plex orders some by a collation that only its own SQLite has.
/// </summary>
public static partial class DatabaseCheck
{
    private const int ProblemsAtMost = 20;
    private const int StepsBetweenLooks = 1000;
    private const int CacheMisses = 8; // SQLITE_DBSTATUS_CACHE_MISS

    /// <summary>Checks a database that nobody writes. The file and its folder stay as they are.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="progress">Told how many pages have been read, about.</param>
    /// <param name="ct">Stops the check.</param>
    /// <returns>The problems found, none of them for a sound database.</returns>
    /// <exception cref="RePlexOnException">The file cannot be opened, or its schema needs what is not known here.</exception>
    public static DatabaseCheckResult Check(
        string path, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct) =>
        Check(path, path, progress, ct);

    /// <summary>The same, with the name under which progress is reported.</summary>
    internal static DatabaseCheckResult Check(
        string path, string name, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 }) return new DatabaseCheckResult(["the file is empty"], 0, 0);
        try
        {
            // A log beside the file holds commits, so it must be read too; SQLite then makes its index beside it.
            using var connection = new FileInfo(DatabaseParts.Of(path).Wal) is { Exists: true, Length: > 0 }
                ? SqliteFile.Open(path, SqliteOpenMode.ReadOnly)
                : SqliteFile.OpenUnchanging(path);
            return Check(connection, name, progress, ct);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            return new DatabaseCheckResult([e.Message], 0, 0);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (SqliteException e)
        {
            throw new RePlexOnException(
                "DatabaseNotCheckable", ExitCode.VerificationFailed,
                $"{path} cannot be checked: {e.Message}",
                "See that the file is there and may be read. If SQLite names something unknown in the schema, "
                + "a newer RePlexOn may know it.", e);
        }
    }

    /// <summary>Whether SQLite's complaint means that the file itself is bad.</summary>
    internal static bool IsDamage(SqliteException e) => e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private static DatabaseCheckResult Check(
        SqliteConnection connection, string name, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct)
    {
        Watch(connection, name, progress, ct);
        var tables = SqliteFile.Number(
            connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND coalesce(rootpage, 0) > 0");
        var virtualTables = SqliteFile.Number(
            connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND coalesce(rootpage, 0) = 0");

        // The check asks each virtual table for its own opinion, unless its module is not there at all; Plex's
        // tables use tokenizers that exist only in Plex's SQLite, and would make the whole check fail.
        SqliteException.ThrowExceptionForRC(
            DropModules(connection.Handle!.DangerousGetHandle(), IntPtr.Zero), connection.Handle);

        var problems = QuickCheck(connection, $"({ProblemsAtMost})");
        // A virtual table has no root page, and where SQLite comes upon one first it takes the check for one of single
        // tables and passes over the free list. Asked for the schema table alone it always looks at the free list.
        if (problems.Count == 0) problems = QuickCheck(connection, "(sqlite_schema)");
        return new DatabaseCheckResult(problems, (int)tables, (int)virtualTables);
    }

    private static List<string> QuickCheck(SqliteConnection connection, string of)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var answer = new List<string>();
        while (true)
        {
            try
            {
                answer.AddRange(SqliteFile.Texts(connection, "PRAGMA quick_check" + of));
                return answer is ["ok"] ? [] : ProblemsIn(answer);
            }
            catch (SqliteException) when (UnknownCollation(connection) is { } collation && known.Add(collation))
            {
                // Any order will do: a quick check opens the indexes but does not look at the order of their entries.
                connection.CreateCollation(collation, string.CompareOrdinal);
                answer.Clear();
            }
            catch (SqliteException e) when (IsDamage(e))
            {
                // Some damage ends the check before its end; what it said until then tells where.
                return [.. ProblemsIn(answer), e.Message];
            }
        }
    }

    /// <summary>The answer may hold several problems in one row, under a headline.</summary>
    private static List<string> ProblemsIn(List<string> answer) =>
        [.. answer.SelectMany(row => row.Split('\n')).Where(line => !line.StartsWith("***", StringComparison.Ordinal))];

    private static string? UnknownCollation(SqliteConnection connection)
    {
        const string complaint = "no such collation sequence: ";
        var message = raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
        return message.StartsWith(complaint, StringComparison.Ordinal) ? message[complaint.Length..] : null;
    }

    /// <summary>Lets the check be stopped, and reports how far it is by the pages that it read.</summary>
    private static void Watch(
        SqliteConnection connection, string name, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct)
    {
        const int pagesBetweenReports = 2048;
        var total = SqliteFile.Number(connection, "PRAGMA page_count");
        var pageSize = (int)SqliteFile.Number(connection, "PRAGMA page_size");
        var reported = 0L;
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ =>
        {
            raw.sqlite3_db_status(connection.Handle, CacheMisses, out var read, out var _, 0);
            // Trees are walked first and rows are read after, so most pages are read twice.
            var done = Math.Min(read / 2, total);
            if (done >= reported + pagesBetweenReports)
            {
                reported = done;
                progress?.Report(new DatabaseCaptureProgress(name, done, total, pageSize, DatabaseCapturePhase.Checking));
            }
            return ct.IsCancellationRequested ? 1 : 0;
        }, null);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_drop_modules")]
    private static partial int DropModules(IntPtr database, IntPtr keep);
}
