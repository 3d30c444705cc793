using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RePlexOn.History;

/// <summary>
/// A statement for row after row, with its values (<c>?</c>) by position. A command of the connection looks up each of them
/// by its name for each row, which takes longer than the row itself.
/// </summary>
internal sealed class RowStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _values;
    private int _given;

    internal RowStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _values = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <summary>Gives the next value.</summary>
    internal RowStatement With(string? value) => Given(value is null
        ? raw.sqlite3_bind_null(_statement, ++_given) : raw.sqlite3_bind_text(_statement, ++_given, value));

    /// <inheritdoc cref="With(string?)" />
    internal RowStatement With(long? value) => Given(value is { } number
        ? raw.sqlite3_bind_int64(_statement, ++_given, number) : raw.sqlite3_bind_null(_statement, ++_given));

    /// <summary>Gives the next two values: the moment, and its offset in minutes.</summary>
    internal RowStatement With(DateTimeOffset? moment) =>
        With(moment is { } at ? RunWriter.UtcText(at) : null).With(moment?.TotalOffsetMinutes);

    /// <summary>Runs it with the values given since it was last run.</summary>
    /// <returns>The number in the row that it returns; null where it returns none.</returns>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    internal long? Run()
    {
        if (_given != _values) throw new InvalidOperationException($"Of {_values} values {_given} were given.");
        _given = 0;
        try
        {
            // What it changes is changed by the first step, also where it returns a row.
            int code = raw.sqlite3_step(_statement);
            if (code == raw.SQLITE_ROW) return raw.sqlite3_column_int64(_statement, 0);
            if (code != raw.SQLITE_DONE) Check(code);
            return null;
        }
        finally
        {
            // It says again what the step has said.
            raw.sqlite3_reset(_statement);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private RowStatement Given(int code)
    {
        Check(code);
        return this;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
