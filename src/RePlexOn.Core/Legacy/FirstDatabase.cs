using System.Globalization;
using Microsoft.Data.Sqlite;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Legacy;

/// <summary>A row of the first system's table of runs.</summary>
/// <param name="Id">Its number there.</param>
/// <param name="Kind">What it calls <c>backup_type</c>.</param>
/// <param name="Status">How it says it ended.</param>
/// <param name="StartedAt">When it says it began; no zone.</param>
/// <param name="FinishedAt">When it ended; no zone, and null where nobody knew.</param>
/// <param name="Seconds">How long it took; null where nobody knew.</param>
/// <param name="TotalBytes">Size of the copy.</param>
/// <param name="SentBytes">Bytes sent.</param>
/// <param name="FilesSent">Files sent.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="IsManual">Whether somebody started it from the web page; such rows alone hold UTC.</param>
internal sealed record FirstRow(
    long Id, string Kind, string Status, DateTime StartedAt, DateTime? FinishedAt, double? Seconds,
    long TotalBytes, long SentBytes, long FilesSent, string? Error, bool IsManual);

/// <summary>Reads the first system's <c>replexon.db</c>; its users, sessions and settings are left alone.</summary>
internal static class FirstDatabase
{
    /// <summary>All rows of the table of runs, in their order. A row with a time that is none is passed over.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyDatabaseUnreadable</c> or <c>LegacyDatabaseForeign</c>.</exception>
    public static IReadOnlyList<FirstRow> Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw Unreadable(path, "there is no such file, or this user may not see it.", null);
        try
        {
            using SqliteConnection connection = Open(path);
            if (SqliteFile.Number(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'backup_runs'") == 0) throw Foreign(path);
            return [.. Rows(connection, cancellationToken)];
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB ? Foreign(path) : Unreadable(path, e.Message, e);
        }
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteFile.Open(path, SqliteOpenMode.ReadOnly);
            SqliteFile.Number(connection, "PRAGMA schema_version");
            return connection;
        }
        catch (SqliteException) when (!File.Exists(path + "-wal"))
        {
            // Where nothing can be made beside it, SQLite reads a database in WAL mode only if it is told that nobody writes.
            connection?.Dispose();
            return SqliteFile.OpenUnchanging(path);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static IEnumerable<FirstRow> Rows(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT id, backup_type, status, started_at, finished_at, duration_seconds, total_size_bytes, transferred_bytes,
                files_transferred, error_message, triggered_by
            FROM backup_runs ORDER BY started_at, id
            """;
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Time(Text(row, 3)) is not { } started) continue;
            yield return new FirstRow(
                row.GetInt64(0), Text(row, 1) ?? "", Text(row, 2) ?? "", started, Time(Text(row, 4)),
                row.IsDBNull(5) ? null : row.GetDouble(5), Number(row, 6), Number(row, 7), Number(row, 8), Text(row, 9),
                Text(row, 10) == "manual");
        }
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    private static DateTime? Time(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : null;

    private static RePlexOnException Foreign(string path) => new(
        "LegacyDatabaseForeign", ExitCode.Usage, $"{path} is not the first RePlexOn's database.",
        "Name its replexon.db; it is in the folder data of where it was installed (/opt/replexon/data).");

    private static RePlexOnException Unreadable(string path, string why, Exception? cause) => new(
        "LegacyDatabaseUnreadable", ExitCode.Usage, $"{path} could not be read: {why}",
        "Name the first RePlexOn's replexon.db (mostly in /opt/replexon/data), as a user who may read it.", cause);
}
