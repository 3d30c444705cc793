using System.Globalization;
using Microsoft.Data.Sqlite;
using RePlexOn.Checks;

namespace RePlexOn.History;

/// <summary>The audits in a history, inside a transaction.</summary>
internal sealed class AuditTable(SqliteConnection connection)
{
    /// <summary>What was found of a data directory so far.</summary>
    /// <param name="source">The data directory; empty for audits that found none.</param>
    internal AuditTrace Read(string source)
    {
        DateTimeOffset? at = null;
        using (SqliteCommand newest = Command("SELECT at_utc, at_offset FROM audits WHERE source = $source ORDER BY number DESC LIMIT 1", ("$source", source)))
        using (SqliteDataReader row = newest.ExecuteReader())
        {
            if (row.Read())
            {
                at = DateTimeOffset.Parse(row.GetString(0), CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromMinutes(row.GetInt32(1)));
            }
        }

        // With max(), SQLite takes the other columns from the row that has it.
        var statuses = new Dictionary<string, CheckStatus>(StringComparer.Ordinal);
        using SqliteCommand command = Command(
            """
            SELECT audit_checks.id, audit_checks.status, max(audits.number) FROM audit_checks JOIN audits ON audits.number = audit_checks.audit
            WHERE audits.source = $source GROUP BY audit_checks.id
            """,
            ("$source", source));
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (Enum.TryParse(rows.GetString(1), out CheckStatus status)) statuses[rows.GetString(0)] = status;
        }

        return new AuditTrace(at, statuses);
    }

    /// <summary>Adds an audit.</summary>
    internal void Add(string source, DateTimeOffset at, int? score, IEnumerable<Check> checks)
    {
        using SqliteCommand audit = Command(
            "INSERT INTO audits (source, at_utc, at_offset, score, tool_version) VALUES ($source, $at, $offset, $score, $tool) RETURNING number",
            ("$source", source), ("$at", RunWriter.UtcText(at)), ("$offset", (long)at.TotalOffsetMinutes), ("$score", (long?)score),
            ("$tool", RunningTool.Version));
        object number = audit.ExecuteScalar()!;
        foreach (Check check in checks)
        {
            using SqliteCommand row = Command(
                "INSERT INTO audit_checks (audit, id, status, severity, evidence) VALUES ($audit, $id, $status, $severity, $evidence)",
                ("$audit", number), ("$id", check.Id), ("$status", check.Status.ToString()), ("$severity", check.Severity.ToString()),
                ("$evidence", check.Evidence));
            row.ExecuteNonQuery();
        }
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
