using System.Buffers;
using RePlexOn.Files;

namespace RePlexOn.Plex.Databases;

/// <summary>
/// Copies the files of a database that no server has open. To open it in its place would make a <c>-wal</c> and a
/// <c>-shm</c> beside it, which a later server may not be able to use, and which a read-only folder does not allow.
/// That nobody wrote meanwhile is proven by equal stamps before and after.
/// </summary>
internal static class StillCopy
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies the database with its write-ahead log and its journal, which SQLite plays back in the copy.</summary>
    /// <returns>
    /// A moment such that every commit finished before it is in the copy; null when somebody wrote meanwhile.
    /// </returns>
    /// <exception cref="IOException">Reading or writing failed.</exception>
    public static async Task<DateTimeOffset?> RunAsync(CopyJob job, CancellationToken ct)
    {
        var capturedAt = job.Time.GetUtcNow();
        var settled = DatabaseStamp.Take(job.From.Main, job.Time);
        var before = settled ?? DatabaseStamp.TakeUnsettled(job.From.Main) ?? throw DatabaseTrouble.Missing(job);
        if (settled is null) await Task.Delay(DatabaseStamp.Settled, job.Time, ct);

        var pageSize = SqliteHeader.Read(job.From.Main)?.PageSize ?? throw DatabaseTrouble.NotADatabase(job);
        await CopyFileAsync(job.From.Main, job.To.Main, job, pageSize, ct);
        if (File.Exists(job.From.Wal)) await CopyFileAsync(job.From.Wal, job.To.Wal, job, pageSize, ct);
        if (File.Exists(job.From.Journal)) await CopyFileAsync(job.From.Journal, job.To.Journal, job, pageSize, ct);

        return DatabaseStamp.TakeUnsettled(job.From.Main) == before ? capturedAt : null;
    }

    private static async Task CopyFileAsync(string from, string to, CopyJob job, int pageSize, CancellationToken ct)
    {
        await using var source = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        await using var destination = new FileStream(to, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateMode.File, BufferSize = 0,
        });
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), ct);
                job.Report(
                    DatabaseCapturePhase.Copying, destination.Position / pageSize,
                    Math.Max(source.Length, destination.Position) / pageSize, pageSize);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
