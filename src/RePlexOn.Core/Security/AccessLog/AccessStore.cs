using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RePlexOn.History;

namespace RePlexOn.Security.AccessLog;

/// <summary>What watches have found, and how far they have read, in the history: both change together or not at all.</summary>
internal sealed class AccessStore : IDisposable
{
    private readonly SqliteConnection? _connection;
    private readonly HistoryAccess _access;
    private readonly string _path;

    private AccessStore(SqliteConnection? connection, HistoryAccess access, string path)
    {
        _connection = connection;
        _access = access;
        _path = path;
    }

    /// <summary>Opens it. Where no history was begun yet, a reader gets an empty one.</summary>
    /// <exception cref="RePlexOnException">See <see cref="HistoryStore.Open"/>.</exception>
    public static AccessStore Open(string stateDirectory, HistoryAccess access, TimeProvider time)
    {
        var file = new HistoryFile(Path.GetFullPath(stateDirectory), new Schema(Migrations.All));
        return new AccessStore(access == HistoryAccess.Write ? file.OpenForWriting(time).Connection : file.OpenForReading(), access, file.Path);
    }

    /// <summary>How far a log was read, and all that goes with it.</summary>
    /// <param name="log">The log's path.</param>
    public AccessLogState Load(string log) => Guarded(new AccessLogState(), connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT state FROM access_logs WHERE path = $path";
        command.Parameters.AddWithValue("$path", log);
        return command.ExecuteScalar() is string json
            ? JsonSerializer.Deserialize(json, AccessJson.Default.AccessLogState) ?? new AccessLogState()
            : new AccessLogState();
    });

    /// <summary>Keeps what was found, and how far the log was read.</summary>
    /// <param name="log">The log's path.</param>
    /// <param name="changed">Whose summaries are new; they get their numbers.</param>
    /// <param name="state">Tells the state, once they have.</param>
    public void Save(string log, IReadOnlyList<AddressActivity> changed, Func<AccessLogState> state) => Guarded(0, connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (AddressActivity activity in changed) activity.Number = Save(connection, activity.Number, activity.Summary);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO access_logs (path, state) VALUES ($path, $state) ON CONFLICT (path) DO UPDATE SET state = excluded.state";
        command.Parameters.AddWithValue("$path", log);
        command.Parameters.AddWithValue("$state", JsonSerializer.Serialize(state(), AccessJson.Default.AccessLogState));
        command.ExecuteNonQuery();
        transaction.Commit();
        return 0;
    });

    /// <summary>Forgets who was last seen before a moment.</summary>
    public void Forget(DateTimeOffset before) => Guarded(0, connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM suspicious_access WHERE last_utc < $before";
        command.Parameters.AddWithValue("$before", RunWriter.UtcText(before));
        return command.ExecuteNonQuery();
    });

    /// <summary>Who was suspicious, the newest first.</summary>
    /// <param name="after">Only who was seen at this moment or later; null for all.</param>
    public IReadOnlyList<SuspiciousAccess> Query(DateTimeOffset? after) => Guarded<IReadOnlyList<SuspiciousAccess>>([], connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT address, is_local, first_utc, first_offset, last_utc, last_offset, counts, examples FROM suspicious_access "
            + "WHERE last_utc >= $after ORDER BY last_utc DESC, number DESC";
        command.Parameters.AddWithValue("$after", after is { } moment ? RunWriter.UtcText(moment) : "");
        using SqliteDataReader row = command.ExecuteReader();
        var found = new List<SuspiciousAccess>();
        while (row.Read())
        {
            Dictionary<string, int> counts = JsonSerializer.Deserialize(row.GetString(6), AccessJson.Default.DictionaryStringInt32)!;
            found.Add(new SuspiciousAccess
            {
                Address = row.GetString(0),
                IsLocal = row.GetBoolean(1),
                FirstSeen = Moment(row.GetString(2), row.GetInt32(3)),
                LastSeen = Moment(row.GetString(4), row.GetInt32(5)),
                Counts = counts,
                Reasons = [.. counts.Keys.Select(Enum.Parse<AccessReason>)],
                Requests = counts.Values.Sum(),
                Examples = JsonSerializer.Deserialize(row.GetString(7), AccessJson.Default.IReadOnlyListString)!,
            });
        }

        return found;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private static long Save(SqliteConnection connection, long number, SuspiciousAccess access)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO suspicious_access (number, address, is_local, first_utc, first_offset, last_utc, last_offset, counts, examples)
            VALUES ($number, $address, $local, $first, $firstOffset, $last, $lastOffset, $counts, $examples)
            ON CONFLICT (number) DO UPDATE SET first_utc = excluded.first_utc, first_offset = excluded.first_offset,
                last_utc = excluded.last_utc, last_offset = excluded.last_offset, counts = excluded.counts, examples = excluded.examples
            RETURNING number
            """;
        command.Parameters.AddWithValue("$number", number == 0 ? DBNull.Value : number);
        command.Parameters.AddWithValue("$address", access.Address);
        command.Parameters.AddWithValue("$local", access.IsLocal);
        command.Parameters.AddWithValue("$first", RunWriter.UtcText(access.FirstSeen));
        command.Parameters.AddWithValue("$firstOffset", (int)access.FirstSeen.TotalOffsetMinutes);
        command.Parameters.AddWithValue("$last", RunWriter.UtcText(access.LastSeen));
        command.Parameters.AddWithValue("$lastOffset", (int)access.LastSeen.TotalOffsetMinutes);
        command.Parameters.AddWithValue("$counts", JsonSerializer.Serialize(
            new Dictionary<string, int>(access.Counts), AccessJson.Default.DictionaryStringInt32));
        command.Parameters.AddWithValue("$examples", JsonSerializer.Serialize(access.Examples, AccessJson.Default.IReadOnlyListString));
        return (long)command.ExecuteScalar()!;
    }

    private static DateTimeOffset Moment(string utc, int offset) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromMinutes(offset));

    private T Guarded<T>(T nothing, Func<SqliteConnection, T> work)
    {
        if (_connection is null) return nothing;
        try
        {
            return work(_connection);
        }
        catch (SqliteException e)
        {
            throw HistoryFailure.From(e, _path, _access);
        }
    }
}
