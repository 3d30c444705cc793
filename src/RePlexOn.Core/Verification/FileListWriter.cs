using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Writes a list of what is in a tree on the target.</summary>
/// <remarks>
/// It is compressed text. The first line names the format and the kind of its sums; each other is an entry: the letter of
/// its kind, its size, its sum and its path (see <see cref="ListedEntry"/>, <see cref="FileListPath"/>), with <c>-</c> for
/// what is not known. The databases are not among them: the manifest has their sums.
/// </remarks>
internal sealed class FileListWriter : IDisposable
{
    /// <summary>How the first line begins.</summary>
    public const string Format = "replexon-files 1 ";

    // Kind, size and sum with the blanks between them, and a path in its longest spelling.
    private const int LongestLine = 128 + (LinuxCalls.LongestPath * 4);
    private const int BufferSize = 128 * 1024;

    private readonly GZipStream _stream;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    /// <summary>Begins a list.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="kind">The kind of its sums.</param>
    public FileListWriter(string path, FileSumKind kind)
    {
        _stream = new GZipStream(
            new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = PrivateMode.File }),
            CompressionLevel.Fastest);
        _length = Encoding.ASCII.GetBytes($"{Format}{FileSumKinds.NameOf(kind)}\n", _buffer);
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">What it is.</param>
    /// <param name="path">Its path, as bytes.</param>
    public void Add(in ListedEntry entry, ReadOnlySpan<byte> path)
    {
        if (BufferSize - _length < LongestLine) Flush();
        Append((byte)entry.Kind);
        Append((byte)' ');
        if (entry.Bytes is { } bytes && Utf8Formatter.TryFormat(bytes, _buffer.AsSpan(_length), out int written)) _length += written;
        else Append((byte)'-');
        Append((byte)' ');
        if (entry.Sum is { } sum) _length += Encoding.ASCII.GetBytes(sum.ToString(), _buffer.AsSpan(_length));
        else Append((byte)'-');
        Append((byte)' ');
        _length += FileListPath.Write(path, _buffer.AsSpan(_length));
        Append((byte)'\n');
    }

    /// <summary>Ends the list.</summary>
    public void Dispose()
    {
        Flush();
        _stream.Dispose();
    }

    private void Append(byte value) => _buffer[_length++] = value;

    private void Flush()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
