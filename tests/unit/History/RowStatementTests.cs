using Microsoft.Data.Sqlite;
using RePlexOn.History;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.History;

public sealed class RowStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = SqliteFile.Open(":memory:", SqliteOpenMode.ReadWriteCreate);

    public RowStatementTests() => SqliteFile.Execute(_connection, "CREATE TABLE entries (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT");

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Should_refuse_a_row_with_too_few_values()
    {
        using RowStatement row = Insert();
        row.With(7);
        Assert.Throws<InvalidOperationException>(() => row.Run());
        Assert.Equal(0, SqliteFile.Number(_connection, "SELECT count(*) FROM entries"));
    }

    [Fact]
    public void Should_say_what_was_wrong_with_a_row_and_write_the_next()
    {
        using RowStatement row = Insert();
        Assert.Equal(1, row.With(1).With("a").Run());

        var refused = Assert.Throws<SqliteException>(() => row.With(2).With("a").Run());
        Assert.Contains("UNIQUE", refused.Message, StringComparison.Ordinal);
        Assert.Throws<SqliteException>(() => row.With(2).With((string?)null).Run());

        Assert.Equal(3, row.With(3).With("'\n\ud83d\ude00").Run());
        Assert.Equal(["'\n\ud83d\ude00", "a"], SqliteFile.Texts(_connection, "SELECT text FROM entries ORDER BY text"));
    }

    private RowStatement Insert() => new(_connection, "INSERT INTO entries (number, text) VALUES (?, ?) RETURNING number");
}
