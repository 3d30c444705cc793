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

/// <summary>Reads runs.</summary>
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
        using var databases = ListCommand("SELECT * FROM run_databases WHERE run = $run ORDER BY position");
        using var warnings = ListCommand("SELECT text FROM run_warnings WHERE run = $run ORDER BY position");
        using var row = command.ExecuteReader();
        var runs = new List<StoredRun>();
        while (row.Read())
        {
            var number = row.GetInt64("number");
            runs.Add(ToRun(
                row,
                List(databases, number, d => new CapturedDatabase(
                    d.GetString("path"), d.GetInt64("bytes"), d.GetString("sha256"), Moment(d, "captured")!.Value,
                    d.GetInt32("tables_checked"))),
                List(warnings, number, w => w.GetString(0))));
        }

        return runs;
    }

    private static StoredRun ToRun(
        SqliteDataReader row, IReadOnlyList<CapturedDatabase> databases, IReadOnlyList<string> warnings)
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
            Databases = databases,
            ExitCode = row.IsDBNull("exit_code") ? null : (ExitCode)row.GetInt32("exit_code"),
            Message = Text(row, "message"),
            ErrorId = Text(row, "error_id"),
            Advice = Text(row, "advice"),
            Warnings = warnings,
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

    private static string? Text(SqliteDataReader row, string column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(SqliteDataReader row, string column) =>
        Text(row, column + "_utc") is { } utc
            ? DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).ToOffset(
                TimeSpan.FromMinutes(row.GetInt32(column + "_offset")))
            : null;

    private SqliteCommand ListCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqliteParameter("$run", DBNull.Value));
        return command;
    }

    private static List<T> List<T>(SqliteCommand command, long run, Func<SqliteDataReader, T> read)
    {
        command.Parameters[0].Value = run;
        using var row = command.ExecuteReader();
        var list = new List<T>();
        while (row.Read()) list.Add(read(row));
        return list;
    }

    private static string In<T>(SqliteCommand command, IReadOnlyList<T> values) where T : struct, Enum =>
        $" IN ({string.Join(", ", values.Select(value =>
        {
            var name = $"$p{command.Parameters.Count}";
            command.Parameters.AddWithValue(name, value.ToString());
            return name;
        }))})";
}
