using System.Globalization;
using Microsoft.Data.Sqlite;
using RePlexOn.Files;
using SQLitePCL;

namespace RePlexOn.History;

/// <summary>Finds, makes, checks and opens the database file of a history.</summary>
/// <param name="stateDirectory">Full path of the state directory.</param>
/// <param name="schema">The versions known.</param>
internal sealed class HistoryFile(string stateDirectory, Schema schema)
{
    private const int BusySeconds = 10;
    private static readonly string[] Companions = ["", "-wal", "-shm"];

    /// <summary>Path of the database.</summary>
    internal string Path { get; } = System.IO.Path.Combine(stateDirectory, "history.db");

    /// <summary>Opens it for looking; null where no history was begun yet.</summary>
    /// <exception cref="RePlexOnException"><c>HistoryDamaged</c>, <c>HistoryNotReadable</c>, <c>HistoryTooNew</c> …</exception>
    internal SqliteConnection? OpenForReading()
    {
        if (!Exists()) return null;
        try
        {
            var connection = ConnectForReading();
            var version = schema.VersionOf(connection);
            if (version == schema.Newest) return connection;

            connection.Dispose();
            if (version == 0) return null;
            Upgrade();
            return ConnectForReading();
        }
        catch (SqliteException e)
        {
            throw HistoryFailure.From(e, Path, HistoryAccess.Read);
        }
    }

    /// <summary>Opens it for recording. A damaged one is set aside first, and the path it got is given back.</summary>
    /// <exception cref="RePlexOnException"><c>StateNotWritable</c>, <c>HistoryTooNew</c> …</exception>
    internal (SqliteConnection Connection, string? SetAside) OpenForWriting(TimeProvider time)
    {
        StateDirectory.Ensure(stateDirectory);
        try
        {
            // Two processes must not make, upgrade or set aside the file at once.
            using var folder = LockFolder();
            try
            {
                return (OpenSound(), null);
            }
            catch (SqliteException e) when (HistoryFailure.IsDamage(e))
            {
                var setAside = SetAside(time);
                return (OpenSound(), setAside);
            }
        }
        catch (SqliteException e)
        {
            throw HistoryFailure.From(e, Path, HistoryAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StateDirectory.NotWritable(stateDirectory, e);
        }
    }

    private bool Exists()
    {
        try
        {
            _ = File.GetAttributes(Path);
            return true;
        }
        catch (UnauthorizedAccessException e)
        {
            throw HistoryFailure.NotReadable(Path, e);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private SqliteConnection ConnectForReading()
    {
        try
        {
            return Connect(Path, SqliteOpenMode.ReadOnly, connection => schema.VersionOf(connection));
        }
        catch (SqliteException e) when (HistoryFailure.IsForbidden(e) && !File.Exists(Path + "-wal"))
        {
            // A database in WAL mode wants its -wal and -shm beside it even for reading. On a read-only
            // file system, or where only the owner may write, they cannot be made; but then all is in the file.
            var uri = string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));
            return Connect($"file://{uri}?immutable=1", SqliteOpenMode.ReadOnly, connection => schema.VersionOf(connection));
        }
    }

    private void Upgrade()
    {
        try
        {
            using var folder = LockFolder();
            OpenSound().Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            || e is SqliteException sqlite && HistoryFailure.IsForbidden(sqlite))
        {
            throw new RePlexOnException(
                "HistoryTooOld",
                ExitCode.Usage,
                $"The history {Path} was written by an older RePlexOn, and this user may not bring it up to date.",
                "Run this once as the user that runs the backups (mostly root), or wait for the next backup.",
                e);
        }
    }

    private SqliteConnection OpenSound()
    {
        // Never opened by hand once it exists: closing any descriptor of it would drop SQLite's own locks in this process.
        if (!Exists())
            new FileStream(Path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = PrivateMode.File,
            }).Dispose();

        return Connect(Path, SqliteOpenMode.ReadWrite, connection =>
        {
            schema.VersionOf(connection);
            // SQLite falls back to reading in silence, and would say so at the first write only.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw HistoryFailure.ReadOnlyFile();
            var finding = Execute(connection, "PRAGMA quick_check(1)");
            if (finding != "ok") throw HistoryFailure.Damage($"{finding}.");

            // A run commits a few dozen times: one fsync for each costs nothing beside the backup, and after
            // a power cut a run that was reported as done is still recorded as done (NORMAL would not promise it).
            // The pages that an import changes at once fit into 16 MB of memory: they are written once, when it commits.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000");
            schema.BringUpToDate(connection);
        });
    }

    private string SetAside(TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = $"{Path}.damaged-{stamp}";
        for (var again = 2; File.Exists(aside) || Directory.Exists(aside); again++)
            aside = string.Create(CultureInfo.InvariantCulture, $"{Path}.damaged-{stamp}-{again}");

        foreach (var companion in Companions)
        {
            if (Directory.Exists(Path + companion)) Directory.Move(Path + companion, aside + companion);
            else if (File.Exists(Path + companion)) File.Move(Path + companion, aside + companion);
        }

        return aside;
    }

    private FileLock LockFolder()
    {
        var folder = FileLock.OnFolder(stateDirectory);
        for (var waited = 0; !folder.TryTake(); waited++)
        {
            if (waited == BusySeconds * 50)
            {
                folder.Dispose();
                throw new IOException($"another process has kept it locked for {BusySeconds} seconds.");
            }

            Thread.Sleep(20);
        }

        return folder;
    }

    private static SqliteConnection Connect(string source, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        SqliteLibrary.EnsureLoaded();
        if (Directory.Exists(source)) throw HistoryFailure.Damage("it is a folder.");

        // Without a pool, closing closes: a run ends with everything in the one file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusySeconds * 1000}");
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
