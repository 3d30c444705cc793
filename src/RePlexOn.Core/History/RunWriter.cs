using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RePlexOn.History;

/// <summary>Writes runs inside a transaction, which must be open and outlive it.</summary>
internal sealed class RunWriter : IDisposable
{
    private static readonly string[] Columns =
    [
        "id", "kind", "started_by", "status", "started_utc", "started_offset", "ended_utc", "ended_offset",
        "duration_ticks", "source", "target", "pass", "pass_reason", "files_total", "bytes_total", "files_sent",
        "files_deleted", "bytes_sent", "exit_code", "message", "error_id", "advice", "host", "tool_version", "machine_identifier",
        "plex_version", "process_id", "process_start", "boot_id", "seen_utc", "seen_offset",
    ];

    private static readonly string Insert =
        $"INSERT INTO runs ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))}) ON CONFLICT (id) DO ";

    private readonly SqliteCommand _save;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _database;
    private readonly SqliteCommand _warning;

    internal RunWriter(SqliteConnection connection)
    {
        // A row that someone took away meanwhile comes back whole: the end of a run is never lost.
        _save = Command(
            connection,
            $"{Insert} UPDATE SET {string.Join(", ", Columns.Select(c => $"{c} = excluded.{c}"))} RETURNING number",
            Columns);
        _add = Command(connection, $"{Insert} NOTHING RETURNING number", Columns);
        _forget = Command(
            connection, "DELETE FROM run_databases WHERE run = $run; DELETE FROM run_warnings WHERE run = $run", "run");
        _database = Command(
            connection,
            "INSERT INTO run_databases VALUES ($run, $position, $path, $bytes, $sha256, $captured_utc, $captured_offset, $tables_checked)",
            "run", "position", "path", "bytes", "sha256", "captured_utc", "captured_offset", "tables_checked");
        _warning = Command(
            connection, "INSERT INTO run_warnings VALUES ($run, $position, $text)", "run", "position", "text");
    }

    /// <summary>Writes a run, new or known, as a whole.</summary>
    /// <returns>Its number.</returns>
    internal long Save(BackupRun run, ProcessStamp? process, DateTimeOffset seen)
    {
        Bind(_save, run, process, seen);
        var number = (long)_save.ExecuteScalar()!;
        Set(_forget, "run", number);
        _forget.ExecuteNonQuery();
        WriteLists(run, number);
        return number;
    }

    /// <summary>Writes a run that is over, unless one of that id is there already.</summary>
    /// <returns>Its number; null where it was not written.</returns>
    internal long? Add(BackupRun run)
    {
        Bind(_add, run, process: null, seen: run.EndedAt ?? run.StartedAt);
        if (_add.ExecuteScalar() is not long number) return null;

        WriteLists(run, number);
        return number;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _save.Dispose();
        _add.Dispose();
        _forget.Dispose();
        _database.Dispose();
        _warning.Dispose();
    }

    private void WriteLists(BackupRun run, long number)
    {
        for (var i = 0; i < run.Databases.Count; i++)
        {
            var database = run.Databases[i];
            Set(_database, "run", number);
            Set(_database, "position", i);
            Set(_database, "path", database.Path);
            Set(_database, "bytes", database.Bytes);
            Set(_database, "sha256", database.Sha256);
            SetMoment(_database, "captured", database.CapturedAt);
            Set(_database, "tables_checked", database.TablesChecked);
            _database.ExecuteNonQuery();
        }

        for (var i = 0; i < run.Warnings.Count; i++)
        {
            Set(_warning, "run", number);
            Set(_warning, "position", i);
            Set(_warning, "text", run.Warnings[i]);
            _warning.ExecuteNonQuery();
        }
    }

    private static void Bind(SqliteCommand command, BackupRun run, ProcessStamp? process, DateTimeOffset seen)
    {
        Set(command, "id", run.Id);
        Set(command, "kind", run.Kind.ToString());
        Set(command, "started_by", run.Trigger.ToString());
        Set(command, "status", run.Status.ToString());
        SetMoment(command, "started", run.StartedAt);
        SetMoment(command, "ended", run.EndedAt);
        Set(command, "duration_ticks", run.Duration.Ticks);
        Set(command, "source", run.Source);
        Set(command, "target", run.Target);
        Set(command, "pass", run.Pass);
        Set(command, "pass_reason", run.PassReason);
        Set(command, "files_total", run.FilesTotal);
        Set(command, "bytes_total", run.BytesTotal);
        Set(command, "files_sent", run.FilesSent);
        Set(command, "files_deleted", run.FilesDeleted);
        Set(command, "bytes_sent", run.BytesSent);
        Set(command, "exit_code", (long?)run.ExitCode);
        Set(command, "message", run.Message);
        Set(command, "error_id", run.ErrorId);
        Set(command, "advice", run.Advice);
        Set(command, "host", run.Host);
        Set(command, "tool_version", run.ToolVersion);
        Set(command, "machine_identifier", run.MachineIdentifier);
        Set(command, "plex_version", run.PlexVersion);
        Set(command, "process_id", run.ProcessId);
        Set(command, "process_start", process?.StartTicks);
        Set(command, "boot_id", process?.BootId);
        SetMoment(command, "seen", seen);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter("$" + name, DBNull.Value));
        return command;
    }

    private static void Set(SqliteCommand command, string name, object? value) =>
        command.Parameters["$" + name].Value = value ?? DBNull.Value;

    private static void SetMoment(SqliteCommand command, string name, DateTimeOffset? moment)
    {
        Set(command, name + "_utc", moment is { } at ? UtcText(at) : null);
        Set(command, name + "_offset", (long?)moment?.TotalOffsetMinutes);
    }

    /// <summary>A moment as the database holds it: exact, of fixed width, in an order that is the order in time.</summary>
    internal static string UtcText(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
