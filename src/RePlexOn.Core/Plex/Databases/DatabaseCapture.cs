using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RePlexOn.Files;

namespace RePlexOn.Plex.Databases;

/// <summary>
/// Takes a whole and checked copy of one of Plex's databases while Plex goes on running. Plex's own files are only
/// read, and no file is made beside them.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="options">How to go about it; the defaults suit a server at work.</param>
public sealed class DatabaseCapture(TimeProvider time, DatabaseCaptureOptions? options = null)
{
    private const int HashBufferBytes = 1 << 20;
    private const int CopiesAtMost = 2;

    /// <summary>
    /// Copies, checks and hashes a database. The copy is one file, in rollback-journal mode, with the original's
    /// mode and, where the system allows it, its owner. Its modification time is the moment of the capture: the
    /// original's says nothing of commits that lie in its write-ahead log.
    /// </summary>
    /// <param name="source">The database, as <see cref="PlexDatabaseFiles.Find"/> gives it.</param>
    /// <param name="destinationPath">Where the copy goes; a file there is replaced, missing folders are made.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="ct">Stops the capture; nothing is left at the destination then.</param>
    /// <returns>What was captured.</returns>
    /// <exception cref="RePlexOnException">
    /// The database is missing, locked (<c>DatabaseLocked</c>), damaged (<c>DatabaseDamaged</c>) or not readable, or
    /// there is no room for it. Nothing is left at the destination.
    /// </exception>
    public Task<CapturedDatabase> CaptureAsync(
        PlexDatabaseFile source, string destinationPath, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct) =>
        Task.Run(() => CaptureOnThisThreadAsync(source, destinationPath, progress, ct), ct);

    private async Task<CapturedDatabase> CaptureOnThisThreadAsync(
        PlexDatabaseFile source, string destinationPath, IProgress<DatabaseCaptureProgress>? progress, CancellationToken ct)
    {
        var job = new CopyJob(
            source, DatabaseParts.Of(source.FullPath), new DatabaseParts(Path.GetFullPath(destinationPath)),
            options ?? new DatabaseCaptureOptions(), time, progress);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.To.Main)!);
            var (capturedAt, tablesChecked) = await CopyUntilSoundAsync(job, ct);
            var (bytes, sha256) = await HashAsync(job, ct);
            TakeAfterSource(job, capturedAt);
            return new CapturedDatabase(source.RelativePath, bytes, sha256, capturedAt, tablesChecked);
        }
        catch (Exception e)
        {
            job.To.Delete();
            switch (e)
            {
                case SqliteException failure: throw DatabaseTrouble.From(failure, job);
                case IOException or UnauthorizedAccessException: throw DatabaseTrouble.From(e, job);
                default: throw;
            }
        }
    }

    /// <summary>A second copy tells a slip on the way from damage in Plex's database.</summary>
    private static async Task<(DateTimeOffset CapturedAt, int TablesChecked)> CopyUntilSoundAsync(
        CopyJob job, CancellationToken ct)
    {
        DatabaseCheckResult? first = null;
        for (var copy = 1; ; copy++)
        {
            var capturedAt = await CopyAsync(job, ct);
            var check = MakeOneFile(job)
                ?? DatabaseCheck.Check(job.To.Main, job.Source.RelativePath, job.Progress, ct);
            if (check.IsSound) return (capturedAt, check.TablesChecked);
            if (copy == CopiesAtMost) throw DatabaseTrouble.Damaged(job, first!, check);
            first = check;
        }
    }

    private static async Task<DateTimeOffset> CopyAsync(CopyJob job, CancellationToken ct)
    {
        var patience = new Patience(job.Time, job.Options.Patience);
        while (true)
        {
            job.To.Delete();
            var capturedAt = IsOpenSomewhere(job) ? await LiveCopy.RunAsync(job, ct) : null;
            capturedAt ??= await StillCopy.RunAsync(job, ct);
            if (capturedAt is not null) return capturedAt.Value;
            if (!await patience.WaitAsync(ct)) throw DatabaseTrouble.KeepsChanging(job);
        }
    }

    /// <summary>
    /// A server that has a database in write-ahead mode open has both files beside it; in the other mode nothing
    /// shows it, and a reader leaves nothing behind.
    /// </summary>
    private static bool IsOpenSomewhere(CopyJob job)
    {
        var status = FileStatus.Read(job.From.Main) ?? throw DatabaseTrouble.Missing(job);
        if (status.Bytes == 0) throw DatabaseTrouble.Empty(job);
        var header = SqliteHeader.Read(job.From.Main) ?? throw DatabaseTrouble.NotADatabase(job);
        return !header.IsWal || (File.Exists(job.From.Wal) && File.Exists(job.From.SharedMemory));
    }

    /// <summary>Plays a log or journal back into the copy and takes it out of write-ahead mode.</summary>
    /// <returns>The problem, where SQLite found that the copy is too damaged for that; else null.</returns>
    private static DatabaseCheckResult? MakeOneFile(CopyJob job)
    {
        try
        {
            using var copy = SqliteFile.Open(job.To.Main, SqliteOpenMode.ReadWrite);
            // A copy that a power cut leaves is never used, so the disk need not be waited for.
            SqliteFile.Execute(copy, "PRAGMA synchronous=OFF; PRAGMA journal_mode=DELETE");
            return null;
        }
        catch (SqliteException e) when (DatabaseCheck.IsDamage(e))
        {
            return new DatabaseCheckResult([e.Message], 0, 0);
        }
    }

    private static async Task<(long Bytes, string Sha256)> HashAsync(CopyJob job, CancellationToken ct)
    {
        var pageSize = SqliteHeader.Read(job.To.Main)!.PageSize;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            job.To.Main, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(HashBufferBytes);
        try
        {
            for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                job.Report(DatabaseCapturePhase.Hashing, file.Position / pageSize, file.Length / pageSize, pageSize);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return (file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void TakeAfterSource(CopyJob job, DateTimeOffset capturedAt)
    {
        var source = FileStatus.Read(job.From.Main) ?? throw DatabaseTrouble.Missing(job);
        // Owner first: a change of owner may take bits off the mode.
        source.Owner.ApplyTo(job.To.Main);
        File.SetUnixFileMode(job.To.Main, source.Mode);
        File.SetLastWriteTimeUtc(job.To.Main, capturedAt.UtcDateTime);
    }
}
