using System.Data;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using RePlexOn.Plex.Databases;

namespace RePlexOn.History;

/// <summary>A run as it lies in the database.</summary>
/// <param name="Run">The run.</param>
/// <param name="Process">The process that records it; null for a run that was never seen running.</param>
/// <param name="Seen">When it was last brought up to date.</param>
internal sealed record StoredRun(BackupRun Run, ProcessStamp? Process, DateTimeOffset Seen);

/// <summary>Reads runs inside a transaction, so that a run and its lists are of one moment.</summary>
internal sealed class RunReader(SqliteConnection connection)
{
    private const string NewestFirst = "ORDER BY started_utc DESC, number DESC LIMIT $count";

    /// <summary>
    /// The newest runs that may match, after the last one of the page before. What depends on more than
    /// one column is left to <see cref="RunQuery.Matches"/>.
    /// </summary>
    internal IReadOnlyList<StoredRun> Page(RunQuery query, StoredRun? previous, int count)
    {
        using var command = connection.CreateCommand();
        var sql = new StringBuilder("SELECT * FROM runs WHERE 1");
        if (query.Kinds is { Count: > 0 } kinds) sql.Append(" AND kind").Append(In(command, kinds));
        if (query.Statuses is { Count: > 0 } statuses)
        {
            // A dead run reads as Interrupted and is still written as Running.
            sql.Append(" AND status").Append(In(command, statuses.Contains(RunStatus.Interrupted)
                ? [.. statuses, RunStatus.Running]
                : statuses));
        }

        if (query.After is { } after)
        {
            sql.Append(" AND started_utc >= $after");
            command.Parameters.AddWithValue("$after", RunWriter.UtcText(after));
        }

        if (query.Before is { } before)
        {
            sql.Append(" AND started_utc < $before");
            command.Parameters.AddWithValue("$before", RunWriter.UtcText(before));
        }

        if (previous is not null)
        {
            sql.Append(" AND (started_utc, number) < ($previousStart, $previousNumber)");
            command.Parameters.AddWithValue("$previousStart", RunWriter.UtcText(previous.Run.StartedAt));
            command.Parameters.AddWithValue("$previousNumber", previous.Run.Number);
        }

        command.CommandText = sql.Append(' ').Append(NewestFirst).ToString();
        command.Parameters.AddWithValue("$count", count);
        return Read(command);
    }

    /// <summary>The runs that are written as under way, the oldest first.</summary>
    internal IReadOnlyList<StoredRun> UnderWay()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM runs WHERE status = 'Running' ORDER BY number";
        return Read(command);
    }

    /// <summary>One run by its number.</summary>
    internal StoredRun? Find(long number)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM runs WHERE number = $number";
        command.Parameters.AddWithValue("$number", number);
        return Read(command).SingleOrDefault();
    }

    private List<StoredRun> Read(SqliteCommand command)
    {
        var runs = new List<StoredRun>();
        using (var row = command.ExecuteReader())
        {
            while (row.Read()) runs.Add(ToRun(row));
        }

        var databases = Lists(runs, "run_databases", row => new CapturedDatabase(
            row.GetString("path"), row.GetInt64("bytes"), row.GetString("sha256"), Moment(row, "captured")!.Value,
            row.GetInt32("tables_checked")));
        var warnings = Lists(runs, "run_warnings", row => row.GetString("text"));
        return runs.ConvertAll(stored => stored with
        {
            Run = stored.Run with
            {
                Databases = [.. databases[stored.Run.Number]],
                Warnings = [.. warnings[stored.Run.Number]],
            },
        });
    }

    /// <summary>What a table holds for these runs, by run: one question for all of them.</summary>
    private ILookup<long, T> Lists<T>(List<StoredRun> runs, string table, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        var numbers = string.Join(',', runs.Select(stored => stored.Run.Number.ToString(CultureInfo.InvariantCulture)));
        command.CommandText = $"SELECT * FROM {table} WHERE run IN ({numbers}) ORDER BY run, position";
        using var row = command.ExecuteReader();
        var entries = new List<(long Run, T Entry)>();
        while (row.Read()) entries.Add((row.GetInt64("run"), read(row)));
        return entries.ToLookup(entry => entry.Run, entry => entry.Entry);
    }

    private static StoredRun ToRun(SqliteDataReader row)
    {
        var run = new BackupRun
        {
            Number = row.GetInt64("number"),
            Id = row.GetString("id"),
            Kind = Enum.Parse<RunKind>(row.GetString("kind")),
            Trigger = Enum.Parse<RunTrigger>(row.GetString("started_by")),
            Status = Enum.Parse<RunStatus>(row.GetString("status")),
            StartedAt = Moment(row, "started")!.Value,
            EndedAt = Moment(row, "ended"),
            Duration = TimeSpan.FromTicks(row.GetInt64("duration_ticks")),
            Source = Text(row, "source"),
            Target = Text(row, "target"),
            Pass = Text(row, "pass"),
            PassReason = Text(row, "pass_reason"),
            FilesTotal = row.GetInt64("files_total"),
            BytesTotal = row.GetInt64("bytes_total"),
            FilesSent = row.GetInt64("files_sent"),
            FilesDeleted = row.GetInt64("files_deleted"),
            BytesSent = row.GetInt64("bytes_sent"),
            ExitCode = row.IsDBNull("exit_code") ? null : (ExitCode)row.GetInt32("exit_code"),
            Message = Text(row, "message"),
            ErrorId = Text(row, "error_id"),
            Advice = Text(row, "advice"),
            Host = row.GetString("host"),
            ToolVersion = row.GetString("tool_version"),
            MachineIdentifier = Text(row, "machine_identifier"),
            PlexVersion = Text(row, "plex_version"),
            ProcessId = row.GetInt32("process_id"),
        };
        var process = row.IsDBNull("process_start")
            ? null
            : new ProcessStamp(run.ProcessId, row.GetInt64("process_start"), row.GetString("boot_id"));
        return new StoredRun(run, process, Moment(row, "seen")!.Value);
    }

    internal static string? Text(SqliteDataReader row, string column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    internal static DateTimeOffset? Moment(SqliteDataReader row, string column) =>
        Text(row, column + "_utc") is { } utc
            ? DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).ToOffset(
                TimeSpan.FromMinutes(row.GetInt32(column + "_offset")))
            : null;

    private static string In<T>(SqliteCommand command, IReadOnlyList<T> values) where T : struct, Enum =>
        $" IN ({string.Join(", ", values.Select(value =>
        {
            var name = $"$p{command.Parameters.Count}";
            command.Parameters.AddWithValue(name, value.ToString());
            return name;
        }))})";
}
