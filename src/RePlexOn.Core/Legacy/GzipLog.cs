using System.Buffers.Binary;
using System.IO.Compression;

namespace RePlexOn.Legacy;

/// <summary>The text of a log that gzip has packed (RFC 1952), as far as it can be unpacked.</summary>
/// <param name="file">The packed file, at its beginning; it stays open.</param>
internal sealed class GzipLog(FileStream file) : Stream
{
    // What is unpacked in one step with a damaged place is lost: so the steps are small.
    private const int StepBytes = 512;

    private readonly GZipStream _text = new(file, CompressionMode.Decompress, leaveOpen: true);
    private long _position;
    private bool _hasEnded;

    /// <summary>Whether it is damaged, or was cut off; known at the end.</summary>
    public bool IsDamaged { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <summary>How many bytes of the text were read.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int filled = 0;
        try
        {
            while (filled < buffer.Length && !_hasEnded)
            {
                int read = _text.Read(buffer.Slice(filled, Math.Min(StepBytes, buffer.Length - filled)));
                filled += read;
                _position += read;
                if (read == 0) End(isDamaged: !EndsWithItsSize());
            }
        }
        catch (InvalidDataException)
        {
            End(isDamaged: true);
        }

        return filled;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }

    private void End(bool isDamaged) => (_hasEnded, IsDamaged) = (true, isDamaged);

    // GZipStream ends without a word where a file was cut off. A whole one ends with the size of its text.
    private bool EndsWithItsSize()
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        return RandomAccess.Read(file.SafeFileHandle, size, Math.Max(0, file.Length - size.Length)) == size.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(size) == (uint)_position;
    }
}
