using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RePlexOn.History;

/// <summary>Adds what was read elsewhere to the history, inside a transaction which must outlive it.</summary>
internal sealed class ImportLedger : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly RunWriter _writer;
    private readonly RowStatement _origin;

    internal ImportLedger(SqliteConnection connection)
    {
        _connection = connection;
        _writer = new RunWriter(connection);
        _origin = new RowStatement(connection, "INSERT INTO imported_runs (run, origin) VALUES (?, ?)");
    }

    /// <summary>Adds a run that is over, unless one of that id is there.</summary>
    /// <returns>Whether it was added.</returns>
    internal bool Add(BackupRun run, ImportOrigin origin)
    {
        if (_writer.Add(run) is not { } number) return false;

        _origin.With(number).With(origin.ToString()).Run();
        return true;
    }

    /// <summary>Takes an imported run away that another source tells better; a run of RePlexOn's own stays.</summary>
    /// <returns>Whether it was there.</returns>
    internal bool Remove(string id)
    {
        using SqliteCommand command = Command(
            "DELETE FROM runs WHERE id = $id AND number IN (SELECT run FROM imported_runs)", ("$id", id));
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>All runs that copied the data directory, in the order of their beginning.</summary>
    internal IReadOnlyList<ToldRun> Mirrors()
    {
        using SqliteCommand command = Command(
            """
            SELECT id, status, started_utc, started_offset, origin
            FROM runs LEFT JOIN imported_runs ON run = number WHERE kind = $kind ORDER BY started_utc
            """,
            ("$kind", nameof(RunKind.Mirror)));
        using SqliteDataReader row = command.ExecuteReader();
        var runs = new List<ToldRun>();
        while (row.Read())
        {
            runs.Add(new ToldRun(
                row.GetString(0),
                RunKind.Mirror,
                Enum.Parse<RunStatus>(row.GetString(1)),
                DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromMinutes(row.GetInt32(3))),
                row.IsDBNull(4) ? null : Enum.Parse<ImportOrigin>(row.GetString(4))));
        }

        return runs;
    }

    /// <summary>How far a log was read, as it was written down; null where it never was.</summary>
    internal string? Bookmark(string path)
    {
        using SqliteCommand command = Command("SELECT bookmark FROM import_bookmarks WHERE path = $path", ("$path", path));
        return (string?)command.ExecuteScalar();
    }

    /// <summary>Writes down how far a log was read.</summary>
    internal void SaveBookmark(string path, string bookmark)
    {
        using SqliteCommand command = Command(
            "INSERT OR REPLACE INTO import_bookmarks VALUES ($path, $bookmark)", ("$path", path), ("$bookmark", bookmark));
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _origin.Dispose();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, string value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
