using System.Security.Cryptography;

namespace RePlexOn.Legacy;

/// <summary>The text of a log, which gzip may have packed. Places are places in the text.</summary>
internal sealed class LogText : IDisposable
{
    private const int MostHeadBytes = 4096;

    private readonly FileStream _file;
    private readonly GzipLog? _packed;
    private readonly byte[] _packedHead = [];

    private LogText(FileStream file, bool isPacked)
    {
        _file = file;
        if (!isPacked) return;

        _packedHead = new byte[MostHeadBytes];
        using (var text = new GzipLog(file)) Array.Resize(ref _packedHead, text.ReadAtLeast(_packedHead, MostHeadBytes, throwOnEndOfStream: false));
        file.Position = 0;
        _packed = new GzipLog(file);
    }

    /// <summary>The text itself.</summary>
    public Stream Stream => _packed is null ? _file : _packed;

    /// <summary>How large the file is.</summary>
    public long FileBytes => _file.Length;

    /// <summary>Whether it is packed, and is damaged or was cut off; known once it was read to its end.</summary>
    public bool IsDamaged => _packed?.IsDamaged == true;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Opens a log that others write, rename or remove meanwhile.</summary>
    /// <exception cref="RePlexOnException"><c>LegacyLogUnreadable</c>.</exception>
    public static LogText Open(string path)
    {
        FileStream file = LogFile.Open(path);
        Span<byte> magic = stackalloc byte[2];
        bool isPacked = RandomAccess.Read(file.SafeFileHandle, magic, fileOffset: 0) == magic.Length && magic.SequenceEqual(GzipMagic);
        return new LogText(file, isPacked);
    }

    /// <summary>Goes to a place; of a packed log, all before it must be unpacked.</summary>
    public void GoTo(long offset, CancellationToken cancellationToken)
    {
        if (_packed is null)
        {
            _file.Position = offset;
            return;
        }

        byte[] passed = new byte[64 * 1024];
        while (_packed.Position < offset && _packed.Read(passed, 0, (int)Math.Min(passed.Length, offset - _packed.Position)) > 0)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>How far into the file a place is.</summary>
    public long FileBytesAt(long offset) => _packed is null ? offset : _file.Position;

    /// <summary>Whether it begins as the log did that a bookmark is of, and holds what was read of that.</summary>
    public bool Holds(LogBookmark bookmark) =>
        (_packed is not null || _file.Length >= bookmark.Offset) && Head(bookmark.HeadBytes) == (bookmark.HeadBytes, bookmark.HeadSha256);

    /// <summary>What tells this log from another one: the sum of its first bytes, which hold dates.</summary>
    /// <param name="upTo">How many bytes of it are known.</param>
    public (int Bytes, string Sha256) Head(long upTo)
    {
        byte[] head = _packedHead;
        int filled = (int)Math.Min(_packed is null ? MostHeadBytes : head.Length, upTo);
        if (_packed is null)
        {
            head = new byte[filled];
            filled = ReadFirst(head);
        }

        return (filled, Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, filled))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed?.Dispose();
        _file.Dispose();
    }

    // The position of the file stays as it is.
    private int ReadFirst(byte[] bytes)
    {
        int filled = 0, read;
        do filled += read = RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(filled), filled);
        while (read > 0);
        return filled;
    }
}
