using Microsoft.Data.Sqlite;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Demo;

/// <summary>
/// A busy Plex: commits to a sample library database all the while. Each commit writes down one view of a title, raises
/// that title's view count and numbers itself, so that a copy can be asked which commits it holds and whether it is
/// torn: see <see cref="SampleDatabase.Verify"/>.
/// </summary>
/// <param name="dataDirectory">The folder named <c>Plex Media Server</c> of a sample library.</param>
/// <param name="commitsPerSecond">How many commits to aim for; 0 for as many as go.</param>
public sealed class SampleWriter(string dataDirectory, int commitsPerSecond = 100) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private long _commitsDone;

    /// <summary>Number of the last commit that is done, over the life of the database; set after COMMIT returned.</summary>
    public long CommitsDone => Interlocked.Read(ref _commitsDone);

    /// <summary>Opens the database and begins to write. To be called once.</summary>
    public void Start()
    {
        var connection = SampleDatabase.OpenForWriting(Path.Combine(dataDirectory, PlexDatabaseFiles.LibraryRelativePath));
        SqliteFile.Execute(connection, "PRAGMA synchronous = NORMAL");
        _commitsDone = SqliteFile.Number(connection, "SELECT coalesce(max(number), 0) FROM sample_commits");
        _work = Task.Run(() => WriteAsync(connection));
    }

    /// <summary>Finishes the current commit and closes the database as a server does that is stopped.</summary>
    /// <exception cref="SqliteException">A commit failed; writing ended there.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WriteAsync(SqliteConnection connection)
    {
        await using var _ = connection;
        await using var view = Command(connection, """
            INSERT INTO metadata_item_views (account_id, guid, metadata_type, library_section_id, title, viewed_at)
            SELECT 1, guid, metadata_type, library_section_id, title, $number FROM metadata_items WHERE id = $title
            """);
        await using var count = Command(connection, """
            UPDATE metadata_item_settings SET view_count = view_count + 1, last_viewed_at = $number WHERE id = $title
            """);
        await using var number = Command(connection, """
            INSERT INTO sample_commits (number, guid) SELECT $number, guid FROM metadata_items WHERE id = $title
            """);
        var titles = SqliteFile.Number(connection, "SELECT count(*) FROM metadata_items");
        using var pace = commitsPerSecond > 0 ? new PeriodicTimer(TimeSpan.FromSeconds(1.0 / commitsPerSecond)) : null;
        while (!_stop.IsCancellationRequested)
        {
            var next = _commitsDone + 1;
            await using (var transaction = connection.BeginTransaction())
            {
                foreach (var command in (SqliteCommand[])[view, count, number])
                {
                    command.Transaction = transaction;
                    command.Parameters["$number"].Value = next;
                    command.Parameters["$title"].Value = 1 + (next * 7919 % titles);
                    command.ExecuteNonQuery();
                }
                transaction.Commit();
            }
            Interlocked.Exchange(ref _commitsDone, next);
            await PauseAsync(pace);
        }
    }

    private async Task PauseAsync(PeriodicTimer? pace)
    {
        if (pace is null) return;
        try
        {
            await pace.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the loop ends by itself.
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$number", 0L);
        command.Parameters.AddWithValue("$title", 0L);
        return command;
    }
}
