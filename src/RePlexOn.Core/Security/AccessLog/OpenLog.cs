using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RePlexOn.Files;

namespace RePlexOn.Security.AccessLog;

/// <summary>A log that is open, so that it stays the same one while the server renames it.</summary>
internal sealed class OpenLog : IDisposable
{
    private const int LongestHead = 1024;

    private readonly SafeFileHandle _handle;

    private OpenLog(SafeFileHandle handle, FileStatus status)
    {
        _handle = handle;
        Inode = status.Inode;
        Length = status.Bytes;
        ModifiedAt = DateTime.UnixEpoch.AddTicks(status.ModifiedNs / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Its number in the file system.</summary>
    public ulong Inode { get; }

    /// <summary>Its length when it was opened.</summary>
    public long Length { get; }

    /// <summary>When it was last written to, in UTC.</summary>
    public DateTime ModifiedAt { get; }

    /// <summary>Opens a log; null where there is none of that name.</summary>
    /// <exception cref="RePlexOnException"><c>PlexLogUnreadable</c>.</exception>
    public static OpenLog? Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            // By the descriptor: the name may stand for another file a moment later.
            FileStatus status = FileStatus.Read($"/proc/self/fd/{handle.DangerousGetHandle()}") ?? throw new IOException("it is gone.");
            if (!status.IsRegularFile) throw new IOException("it is not a file.");
            return new OpenLog(handle, status);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw PlexLogs.Unreadable(path, e);
        }
    }

    /// <summary>Whether a mark is one of this log.</summary>
    public bool Matches(LogMark mark) => mark.HeadLength <= Length && mark.Offset <= Length && HeadOf(mark.HeadLength) == mark.Head;

    /// <summary>The mark of a place in this log.</summary>
    public LogMark MarkAt(long offset)
    {
        int length = (int)Math.Min(LongestHead, offset);
        return new LogMark(Inode, length, HeadOf(length), offset);
    }

    /// <summary>Reads bytes at a place; 0 at the end.</summary>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private string HeadOf(int length)
    {
        Span<byte> head = stackalloc byte[LongestHead];
        int read = 0, count;
        while (read < length && (count = Read(head[read..length], read)) > 0) read += count;
        return Convert.ToHexStringLower(SHA256.HashData(head[..read]));
    }
}
