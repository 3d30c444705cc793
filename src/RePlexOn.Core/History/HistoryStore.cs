using System.Globalization;
using Microsoft.Data.Sqlite;
using RePlexOn.Checks;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;

namespace RePlexOn.History;

/// <summary>
/// What happened: every run from its first second to its end, in <c>history.db</c> of the state directory.
/// Other processes may read while a run writes. One instance may be used from several threads.
/// </summary>
public sealed class HistoryStore : IDisposable
{
    private const int PageSize = 200;

    private readonly Lock _gate = new();
    private readonly SqliteConnection? _connection;
    private readonly HistoryAccess _access;
    private readonly string _path;
    private readonly TimeProvider _time;

    private HistoryStore(SqliteConnection? connection, HistoryAccess access, string path, string? setAside, TimeProvider time)
    {
        _connection = connection;
        _access = access;
        _path = path;
        SetAside = setAside;
        _time = time;
    }

    /// <summary>Where a damaged history was moved when this one was opened; null as a rule. The run should warn of it.</summary>
    public string? SetAside { get; }

    /// <summary>Opens the history of a state directory. Where none was begun yet, a reader gets an empty one and makes nothing.</summary>
    /// <param name="stateDirectory">For writing it is made where it is missing, for its owner alone.</param>
    /// <param name="access">A writer sets a damaged history aside and begins a new one; a reader is told.</param>
    /// <param name="time">For the moments that the history itself notes.</param>
    /// <exception cref="RePlexOnException">
    /// <c>StateNotWritable</c>, <c>HistoryNotReadable</c>, <c>HistoryDamaged</c>, <c>HistoryTooNew</c>,
    /// <c>HistoryBusy</c>, <c>HistoryNotWritten</c> or <c>HistoryFailed</c>; the later calls may throw these too.
    /// </exception>
    public static HistoryStore Open(string stateDirectory, HistoryAccess access, TimeProvider time)
    {
        var file = new HistoryFile(Path.GetFullPath(stateDirectory), new Schema(Migrations.All));
        var (connection, setAside) = access == HistoryAccess.Write ? file.OpenForWriting(time) : (file.OpenForReading(), null);
        return new HistoryStore(connection, access, file.Path, setAside, time);
    }

    /// <summary>Opens a copy in memory, to try out on it what a change would do; the history itself stays as it is.</summary>
    /// <inheritdoc cref="Open" />
    internal static HistoryStore OpenTrial(string stateDirectory, TimeProvider time)
    {
        var schema = new Schema(Migrations.All);
        var file = new HistoryFile(Path.GetFullPath(stateDirectory), schema);
        using SqliteConnection? there = file.OpenForReading();
        SqliteConnection copy = SqliteFile.Open(":memory:", SqliteOpenMode.ReadWriteCreate);
        try
        {
            there?.BackupDatabase(copy);
            schema.BringUpToDate(copy);
            SqliteFile.Execute(copy, "PRAGMA foreign_keys = ON");
            return new HistoryStore(copy, HistoryAccess.Write, file.Path, setAside: null, time);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Records that this process has begun a run. Other processes see it at once.</summary>
    /// <param name="run">A run under way.</param>
    /// <returns>The run with its number and this process.</returns>
    public BackupRun Begin(BackupRun run)
    {
        if (run.Status != RunStatus.Running) throw new ArgumentException("A run begins as Running.", nameof(run));
        return Save(run with { ProcessId = Environment.ProcessId }, ProcessStamp.Current());
    }

    /// <summary>Records what is known of this process's run so far, and that it is alive.</summary>
    public void Update(BackupRun run)
    {
        if (run.Status != RunStatus.Running) throw new ArgumentException("A run that is over is recorded by Finish.", nameof(run));
        Save(run with { ProcessId = Environment.ProcessId }, ProcessStamp.Current());
    }

    /// <summary>Records how a run ended.</summary>
    /// <returns>The run with its number.</returns>
    public BackupRun Finish(BackupRun run)
    {
        if (run.Status == RunStatus.Running) throw new ArgumentException("A run that ends is not Running.", nameof(run));
        return Save(run, process: null);
    }

    /// <summary>Adds runs from elsewhere that are over, such as the first system's: all or, when cancelled, none.</summary>
    /// <param name="runs">Those whose id is known already are passed over; numbers are given anew.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>How many were added.</returns>
    public int Add(IEnumerable<BackupRun> runs, CancellationToken cancellation) => Write(writer =>
    {
        var added = 0;
        foreach (var run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Status == RunStatus.Running) throw new ArgumentException($"Run {run.Id} is not over.", nameof(runs));
            if (writer.Add(run) is not null) added++;
        }

        return added;
    });

    /// <summary>Does one step of an import: all of it or, where it throws, nothing.</summary>
    internal T Import<T>(Func<ImportLedger, T> step)
    {
        if (_access != HistoryAccess.Write) throw new InvalidOperationException("This history was opened for reading.");
        return Guarded(connection =>
        {
            using var transaction = connection.BeginTransaction();
            using var ledger = new ImportLedger(connection);
            var result = step(ledger);
            transaction.Commit();
            return result;
        });
    }

    /// <summary>How far a log was read, as it was written down; null where it never was.</summary>
    internal string? ImportBookmark(string path) =>
        _connection is null ? null : Guarded(connection =>
        {
            using var ledger = new ImportLedger(connection);
            return ledger.Bookmark(path);
        });

    /// <summary>The runs asked for, newest start first, read page by page as they are consumed.</summary>
    /// <remarks>
    /// Between pages nothing in the database is held, so a slow consumer hinders nobody.
    /// A run whose process died is shown as <see cref="RunStatus.Interrupted"/>, whether or not that was recorded yet.
    /// </remarks>
    public IEnumerable<BackupRun> Query(RunQuery query)
    {
        if (query.Last is { } last) ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(query));
        var runs = Pages(query).Where(query.Matches);
        return query.Last is { } count ? runs.Take(count) : runs;
    }

    /// <summary>The newest run of a kind that stands in one of the ways given, or in any if none is given; null if there is none.</summary>
    public BackupRun? Last(RunKind kind, params RunStatus[] statuses) =>
        Query(new RunQuery { Kinds = [kind], Statuses = statuses, Last = 1 }).FirstOrDefault();

    /// <summary>Records the death of every run whose process is gone.</summary>
    /// <returns>These runs.</returns>
    public IReadOnlyList<BackupRun> MarkInterrupted() => Write(writer =>
    {
        // Inside the write transaction a run cannot end between the look at its row and the look at its process.
        var dead = new RunReader(_connection!).UnderWay().Where(IsDead).ToList();
        foreach (var stored in dead) writer.Save(Interrupted(stored), stored.Process, stored.Seen);
        return dead.ConvertAll(Interrupted);
    });

    /// <summary>Copies the history into one file, whole and as of one moment, whoever is writing to it meanwhile.</summary>
    /// <param name="path">Where to; nothing may be there. Only its owner can read it.</param>
    /// <returns>Whether there was a history to copy.</returns>
    public bool CopyTo(string path)
    {
        if (_connection is null) return false;

        return Guarded(connection =>
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateMode.File,
            }).Dispose();
            using SqliteConnection copy = SqliteFile.Open(path, SqliteOpenMode.ReadWrite);
            connection.BackupDatabase(copy);
            SqliteFile.Execute(copy, "PRAGMA journal_mode=DELETE");
            return true;
        });
    }

    /// <summary>Records what an audit found.</summary>
    /// <param name="source">The data directory; null where none was found.</param>
    /// <param name="at">When.</param>
    /// <param name="score">Its score.</param>
    /// <param name="checks">What was found.</param>
    /// <returns>What earlier audits of the same data directory found.</returns>
    internal AuditTrace RecordAudit(string? source, DateTimeOffset at, int? score, IReadOnlyList<Check> checks) => Guarded(connection =>
    {
        using var transaction = connection.BeginTransaction();
        var table = new AuditTable(connection);
        AuditTrace before = table.Read(source ?? "");
        table.Add(source ?? "", at, score, checks);
        transaction.Commit();
        return before;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private BackupRun Save(BackupRun run, ProcessStamp? process) =>
        Write(writer => run with { Number = writer.Save(run, process, _time.GetLocalNow()) });

    /// <summary>Whether no history was begun yet, and so nothing can be read.</summary>
    internal bool IsEmpty => _connection is null;

    /// <summary>Changes the database in one transaction.</summary>
    internal T Change<T>(Func<SqliteConnection, T> work)
    {
        if (_access != HistoryAccess.Write) throw new InvalidOperationException("This history was opened for reading.");
        return Guarded(connection =>
        {
            using var transaction = connection.BeginTransaction();
            var result = work(connection);
            transaction.Commit();
            return result;
        });
    }

    /// <summary>Reads the database as it is at one moment; not where it <see cref="IsEmpty"/>.</summary>
    internal T Look<T>(Func<SqliteConnection, T> work) => Guarded(connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        return work(connection);
    });

    private T Write<T>(Func<RunWriter, T> work) => Change(connection =>
    {
        using var writer = new RunWriter(connection);
        return work(writer);
    });

    private T Read<T>(Func<RunReader, T> work) => Look(connection => work(new RunReader(connection)));

    private IEnumerable<BackupRun> Pages(RunQuery query)
    {
        if (_connection is null) yield break;

        var size = Math.Min(query.Last ?? PageSize, PageSize);
        StoredRun? previous = null;
        while (size > 0)
        {
            var page = Read(reader => reader.Page(query, previous, size));
            foreach (var stored in page) yield return IsDead(stored) ? LastWord(stored) : stored.Run;
            if (page.Count < size) yield break;
            previous = page[^1];
        }
    }

    /// <summary>It may have ended in good order just after its row was read; being dead, it changes no more.</summary>
    private BackupRun LastWord(StoredRun stored) => Read(reader =>
    {
        var now = reader.Find(stored.Run.Number) ?? stored;
        return now.Run.Status == RunStatus.Running ? Interrupted(now) : now.Run;
    });

    private static bool IsDead(StoredRun stored) =>
        stored.Run.Status == RunStatus.Running && stored.Process?.IsAlive() != true;

    private static BackupRun Interrupted(StoredRun stored)
    {
        var cause = stored.Process?.IsFromEarlierBoot() == true
            ? "the machine was restarted while it ran"
            : string.Create(CultureInfo.InvariantCulture, $"its process {stored.Run.ProcessId} was killed or crashed");
        return stored.Run with
        {
            Status = RunStatus.Interrupted,
            EndedAt = stored.Seen,
            ExitCode = ExitCode.Failed,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Ended without a word: {cause}. Last seen at {stored.Seen:yyyy-MM-dd HH:mm:ss zzz}."),
            ErrorId = "Interrupted",
            Advice = "Run it again; whatever was whole on the target before is whole still.",
        };
    }

    private T Guarded<T>(Func<SqliteConnection, T> work)
    {
        lock (_gate)
        {
            try
            {
                return work(_connection!);
            }
            catch (SqliteException e)
            {
                throw HistoryFailure.From(e, _path, _access);
            }
        }
    }
}
