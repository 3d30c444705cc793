using System.Security.Cryptography;
using RePlexOn.Files;

namespace RePlexOn.Legacy;

/// <summary>A log on disk, which goes on being written, and is rotated or cut at any time.</summary>
internal static class LogFile
{
    private const int MostHeadBytes = 4096;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Opens a log that others write, rename or remove meanwhile.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c> or <c>LegacyLogCompressed</c>.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            // Blocks are large as they are: a buffer would only copy them once more.
            var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> magic = stackalloc byte[2];
            bool isCompressed = log.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual(GzipMagic);
            log.Position = 0;
            if (!isCompressed) return log;

            log.Dispose();
            throw new RePlexOnException(
                "LegacyLogCompressed", ExitCode.Usage, $"The log {path} is compressed.", $"Unpack it first: gunzip -k {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>What the file system says of a file; null where it is not there.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c>.</exception>
    public static FileStatus? Look(string path)
    {
        try
        {
            if (FileStatus.Read(path) is not { } status) return null;
            return status.IsRegularFile ? status : throw new IOException("it is not a file.");
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>What tells this log from another one: the sum of its first bytes, which hold dates.</summary>
    /// <param name="log">The log; its position stays as it is.</param>
    /// <param name="upTo">How many bytes of it are known.</param>
    public static (int Bytes, string Sha256) Head(FileStream log, long upTo)
    {
        byte[] head = new byte[(int)Math.Min(MostHeadBytes, upTo)];
        int filled = 0, read;
        do filled += read = RandomAccess.Read(log.SafeFileHandle, head.AsSpan(filled), filled);
        while (read > 0);
        return (filled, Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, filled))));
    }

    private static RePlexOnException Unreadable(string path, Exception cause) => new(
        "LegacyLogUnreadable", ExitCode.Usage, $"{path} could not be read: {cause.Message}",
        "Name a file that this user may read; the first RePlexOn's log mostly belongs to root, so try sudo.", cause);
}
