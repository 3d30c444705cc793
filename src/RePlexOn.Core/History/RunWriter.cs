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
        $"INSERT INTO runs ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))}) ON CONFLICT (id) DO ";

    private readonly RowStatement _save;
    private readonly RowStatement _add;
    private readonly RowStatement _forgetDatabases;
    private readonly RowStatement _forgetWarnings;
    private readonly RowStatement _database;
    private readonly RowStatement _warning;

    internal RunWriter(SqliteConnection connection)
    {
        // A row that someone took away meanwhile comes back whole: the end of a run is never lost.
        _save = new(connection, $"{Insert} UPDATE SET {string.Join(", ", Columns.Select(c => $"{c} = excluded.{c}"))} RETURNING number");
        _add = new(connection, $"{Insert} NOTHING RETURNING number");
        _forgetDatabases = new(connection, "DELETE FROM run_databases WHERE run = ?");
        _forgetWarnings = new(connection, "DELETE FROM run_warnings WHERE run = ?");
        _database = new(
            connection,
            """
            INSERT INTO run_databases (run, position, path, bytes, sha256, captured_utc, captured_offset, tables_checked)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _warning = new(connection, "INSERT INTO run_warnings (run, position, text) VALUES (?, ?, ?)");
    }

    /// <summary>Writes a run, new or known, as a whole.</summary>
    /// <returns>Its number.</returns>
    internal long Save(BackupRun run, ProcessStamp? process, DateTimeOffset seen)
    {
        long number = Write(_save, run, process, seen)!.Value;
        _forgetDatabases.With(number).Run();
        _forgetWarnings.With(number).Run();
        WriteLists(run, number);
        return number;
    }

    /// <summary>Writes a run that is over, unless one of that id is there already.</summary>
    /// <returns>Its number; null where it was not written.</returns>
    internal long? Add(BackupRun run)
    {
        long? number = Write(_add, run, process: null, seen: run.EndedAt ?? run.StartedAt);
        if (number is { } added) WriteLists(run, added);
        return number;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _save.Dispose();
        _add.Dispose();
        _forgetDatabases.Dispose();
        _forgetWarnings.Dispose();
        _database.Dispose();
        _warning.Dispose();
    }

    // In the order of the columns.
    private static long? Write(RowStatement row, BackupRun run, ProcessStamp? process, DateTimeOffset seen) => row
        .With(run.Id).With(run.Kind.ToString()).With(run.Trigger.ToString()).With(run.Status.ToString())
        .With(run.StartedAt).With(run.EndedAt).With(run.Duration.Ticks)
        .With(run.Source).With(run.Target).With(run.Pass).With(run.PassReason)
        .With(run.FilesTotal).With(run.BytesTotal).With(run.FilesSent).With(run.FilesDeleted).With(run.BytesSent)
        .With((long?)run.ExitCode).With(run.Message).With(run.ErrorId).With(run.Advice)
        .With(run.Host).With(run.ToolVersion).With(run.MachineIdentifier).With(run.PlexVersion)
        .With(run.ProcessId).With(process?.StartTicks).With(process?.BootId).With(seen)
        .Run();

    private void WriteLists(BackupRun run, long number)
    {
        for (var i = 0; i < run.Databases.Count; i++)
        {
            var database = run.Databases[i];
            _database.With(number).With(i).With(database.Path).With(database.Bytes).With(database.Sha256)
                .With(database.CapturedAt).With(database.TablesChecked).Run();
        }

        for (var i = 0; i < run.Warnings.Count; i++) _warning.With(number).With(i).With(run.Warnings[i]).Run();
    }

    /// <summary>A moment as the database holds it: exact, of fixed width, in an order that is the order in time.</summary>
    internal static string UtcText(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
