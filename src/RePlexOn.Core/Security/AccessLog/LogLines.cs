namespace RePlexOn.Security.AccessLog;

/// <summary>Gets a line without its end.</summary>
internal delegate void LineTaker(ReadOnlySpan<byte> line);

/// <summary>Reads the lines of a log from a place on.</summary>
internal sealed class LogLines
{
    /// <summary>The longest line that is looked at; what Plex writes of a request is far shorter. A longer one is passed over whole.</summary>
    public const int LongestLine = 256 * 1024;

    private readonly byte[] _buffer = new byte[2 * LongestLine];

    /// <summary>Reads to the end as it is now.</summary>
    /// <param name="log">The log.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="isFinished">Whether nothing will be added any more, so that a last line without an end is one too.</param>
    /// <param name="onLine">Gets each line.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where the next line will begin.</returns>
    public long Read(OpenLog log, long offset, bool isFinished, LineTaker onLine, CancellationToken cancellationToken)
    {
        long position = offset; // of what will be read next
        long lineStart = offset; // of the line whose end was not met yet
        int held = 0; // bytes of it at the start of the buffer
        bool isTooLong = false;
        int count;
        while ((count = log.Read(_buffer.AsSpan(held), position)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            position += count;
            ReadOnlySpan<byte> rest = _buffer.AsSpan(0, held + count);
            int end;
            while ((end = rest.IndexOf((byte)'\n')) >= 0)
            {
                if (!isTooLong) Give(rest[..end], onLine);
                isTooLong = false;
                rest = rest[(end + 1)..];
                lineStart = position - rest.Length;
            }

            isTooLong |= rest.Length >= LongestLine;
            held = isTooLong ? 0 : rest.Length;
            rest[..held].CopyTo(_buffer);
        }

        if (!isFinished) return lineStart;
        if (held > 0 && !isTooLong) Give(_buffer.AsSpan(0, held), onLine);
        return position;
    }

    private static void Give(ReadOnlySpan<byte> line, LineTaker onLine)
    {
        if (line.EndsWith("\r"u8)) line = line[..^1];
        if (!line.IsEmpty) onLine(line);
    }
}
