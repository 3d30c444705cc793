using System.Text;

namespace RePlexOn.Processes;

/// <summary>
/// Cuts a stream of bytes into lines at <c>\n</c> and <c>\r</c> (progress displays end theirs with a carriage
/// return). Empty lines are left out. Bytes that are not UTF-8 become U+FFFD.
/// </summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    /// <summary>Longest line in bytes; what goes on beyond it is given on as a further line, so memory stays bounded.</summary>
    internal const int LongestLine = 64 * 1024;

    private readonly byte[] _line = new byte[LongestLine];
    private int _length;

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var part = end < 0 ? bytes : bytes[..end];
            Append(part);
            if (end < 0) return;
            Finish();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Gives on a last line that no line end follows.</summary>
    public void Finish()
    {
        if (_length == 0) return;
        var line = Encoding.UTF8.GetString(_line, 0, _length);
        _length = 0;
        onLine(line);
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        while (part.Length > LongestLine - _length)
        {
            var fits = LongestLine - _length;
            part[..fits].CopyTo(_line.AsSpan(_length));
            _length = LongestLine;
            Finish();
            part = part[fits..];
        }

        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }
}
