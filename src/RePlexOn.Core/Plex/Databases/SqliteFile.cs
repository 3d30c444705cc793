using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RePlexOn.Plex.Databases;

/// <summary>Opens SQLite files the way captures need them, and runs the few statements they need.</summary>
internal static class SqliteFile
{
    /// <summary>Opens a database that SQLite may share with others.</summary>
    /// <exception cref="SqliteException">SQLite cannot open it.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Opens a database that nobody writes, so that no lock is taken and no file is made beside it, whatever its mode.
    /// </summary>
    /// <exception cref="SqliteException">SQLite cannot open it.</exception>
    public static SqliteConnection OpenUnchanging(string path)
    {
        var escaped = string.Join('/', Path.GetFullPath(path).Split('/').Select(Uri.EscapeDataString));
        return Open($"file://{escaped}?immutable=1", SqliteOpenMode.ReadOnly);
    }

    /// <summary>Runs SQL and drops its rows. Unlike a command of the connection it never waits for a lock.</summary>
    /// <returns>SQLite's extended result code.</returns>
    public static int TryExecute(SqliteConnection connection, string sql) =>
        raw.sqlite3_exec(connection.Handle, sql) == raw.SQLITE_OK
            ? raw.SQLITE_OK
            : raw.sqlite3_extended_errcode(connection.Handle);

    /// <summary>Runs SQL that must succeed.</summary>
    /// <exception cref="SqliteException">It did not.</exception>
    public static void Execute(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(TryExecute(connection, sql), connection.Handle);

    /// <summary>The first column of every row, as text, read as it is asked for.</summary>
    /// <exception cref="SqliteException">SQLite failed, perhaps after some rows.</exception>
    public static IEnumerable<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader.GetString(0);
    }

    /// <summary>The one number that a query gives.</summary>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
