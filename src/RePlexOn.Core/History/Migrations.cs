namespace RePlexOn.History;

/// <summary>
/// The database's versions, oldest first: the n-th entry leads from <c>user_version</c> n-1 to n.
/// A published entry is never changed; new tables and columns come as a further one.
/// </summary>
internal static class Migrations
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<string> All { get; } = [Runs, Imports, Alerts, Access, Audits];

    // Moments are UTC texts of fixed width, which sort as they follow, and the local zone's offset in minutes beside.
    private const string Runs = """
        CREATE TABLE runs (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            started_by TEXT NOT NULL,
            status TEXT NOT NULL,
            started_utc TEXT NOT NULL,
            started_offset INTEGER NOT NULL,
            ended_utc TEXT,
            ended_offset INTEGER,
            duration_ticks INTEGER NOT NULL, -- 100 ns
            source TEXT,
            target TEXT,
            pass TEXT,
            pass_reason TEXT,
            files_total INTEGER NOT NULL,
            bytes_total INTEGER NOT NULL,
            files_sent INTEGER NOT NULL,
            files_deleted INTEGER NOT NULL,
            bytes_sent INTEGER NOT NULL,
            exit_code INTEGER,
            message TEXT,
            error_id TEXT,
            advice TEXT,
            host TEXT NOT NULL,
            tool_version TEXT NOT NULL,
            machine_identifier TEXT,
            plex_version TEXT,
            process_id INTEGER NOT NULL,
            process_start INTEGER, -- clock ticks since boot; NULL for a run that was never seen running
            boot_id TEXT,
            seen_utc TEXT NOT NULL,
            seen_offset INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX runs_by_start ON runs (started_utc DESC, number DESC);
        CREATE INDEX runs_by_kind ON runs (kind, started_utc DESC, number DESC);
        CREATE INDEX runs_under_way ON runs (number) WHERE status = 'Running';

        CREATE TABLE run_databases (
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            path TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            captured_utc TEXT NOT NULL,
            captured_offset INTEGER NOT NULL,
            tables_checked INTEGER NOT NULL,
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE run_warnings (
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        """;

    // A run without a row in imported_runs is one of RePlexOn's own. Bookmarks say how far a log was read.
    private const string Imports = """
        CREATE TABLE imported_runs (
            run INTEGER PRIMARY KEY REFERENCES runs (number) ON DELETE CASCADE,
            origin TEXT NOT NULL
        ) STRICT;

        CREATE TABLE import_bookmarks (
            path TEXT PRIMARY KEY,
            bookmark TEXT NOT NULL -- JSON
        ) STRICT, WITHOUT ROWID;
        """;

    private const string Alerts = """
        CREATE TABLE alerts (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            topic TEXT NOT NULL,
            trouble TEXT,
            raised_utc TEXT NOT NULL,
            subject TEXT NOT NULL,
            content TEXT NOT NULL -- the alert as JSON
        ) STRICT;
        CREATE INDEX alerts_by_topic ON alerts (topic, number DESC);

        CREATE TABLE alert_deliveries (
            alert INTEGER NOT NULL REFERENCES alerts (number) ON DELETE CASCADE,
            channel TEXT NOT NULL,
            status TEXT NOT NULL,
            tried_utc TEXT NOT NULL,
            tried_offset INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            error_id TEXT,
            message TEXT,
            advice TEXT,
            PRIMARY KEY (alert, channel)
        ) STRICT, WITHOUT ROWID;
        """;

    // What a watch of the server's log must know to go on, and whom it has found.
    private const string Access = """
        CREATE TABLE access_logs (
            path TEXT PRIMARY KEY,
            state TEXT NOT NULL -- JSON
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE suspicious_access (
            number INTEGER PRIMARY KEY,
            address TEXT NOT NULL,
            is_local INTEGER NOT NULL,
            first_utc TEXT NOT NULL,
            first_offset INTEGER NOT NULL,
            last_utc TEXT NOT NULL,
            last_offset INTEGER NOT NULL,
            counts TEXT NOT NULL, -- JSON: how often by reason
            examples TEXT NOT NULL -- JSON
        ) STRICT;
        CREATE INDEX suspicious_access_by_end ON suspicious_access (last_utc DESC, number DESC);
        """;

    private const string Audits = """
        CREATE TABLE audits (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL, -- the data directory; empty where none was found
            at_utc TEXT NOT NULL,
            at_offset INTEGER NOT NULL,
            score INTEGER,
            tool_version TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audits_by_source ON audits (source, number DESC);

        CREATE TABLE audit_checks (
            audit INTEGER NOT NULL REFERENCES audits (number) ON DELETE CASCADE,
            id TEXT NOT NULL,
            status TEXT NOT NULL,
            severity TEXT NOT NULL,
            evidence TEXT NOT NULL,
            PRIMARY KEY (audit, id)
        ) STRICT, WITHOUT ROWID;
        """;
}
