namespace RePlexOn.Legacy;

/// <summary>
/// Finds the lines of a log that mean something, in blocks, so that memory does not grow with the log. A line ends at
/// <c>\n</c> or <c>\r</c>. The last line waits until its end is written.
/// </summary>
/// <param name="onLine">Told each such line, and where in the log the next one begins.</param>
internal sealed class LogScanner(Action<string, long> onLine)
{
    private const int BlockBytes = 256 * 1024;

    // Of a line that fills a whole block only the end is looked at further: a marker may begin there.
    private const int KeptBytes = 512;

    private readonly byte[] _block = new byte[BlockBytes];

    /// <summary>Reads to the end of the log.</summary>
    /// <param name="log">The log, at the place to begin.</param>
    /// <param name="onBlock">Told how many bytes have been read, now and then.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where the first line begins that is not ended yet.</returns>
    public long Scan(Stream log, Action<long>? onBlock, CancellationToken cancellationToken)
    {
        long offset = log.Position;
        int filled = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = log.Read(_block, filled, _block.Length - filled);
            if (read == 0) return offset;

            filled += read;
            int used = TakeLines(_block.AsSpan(0, filled), offset);
            if (used == 0 && filled == _block.Length) used = TakePart(offset);
            offset += used;
            filled -= used;
            _block.AsSpan(used, filled).CopyTo(_block);
            onBlock?.Invoke(offset);
        }
    }

    private int TakeLines(ReadOnlySpan<byte> block, long offset)
    {
        int start = 0, marker = NextMarker(block, 0);
        while (true)
        {
            int length = block[start..].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0) return start;

            int next = start + length + 1;
            ReadOnlySpan<byte> line = block.Slice(start, length);
            // What a crash has left may begin with zeros.
            if (!line.IsEmpty && line[0] == 0) line = line.TrimStart((byte)0);
            if (marker < next - 1)
            {
                onLine(LogLine.Decode(line), offset + next);
                marker = NextMarker(block, next);
            }
            else if (LogLine.IsOfUse(line))
            {
                onLine(LogLine.Decode(line), offset + next);
            }

            start = next;
        }
    }

    private int TakePart(long offset)
    {
        int marker = NextMarker(_block, 0);
        if (marker > _block.Length - KeptBytes) return _block.Length - KeptBytes;

        onLine(LogLine.Decode(_block.AsSpan(marker)), offset + _block.Length);
        return _block.Length;
    }

    private static int NextMarker(ReadOnlySpan<byte> block, int from)
    {
        int found = block[from..].IndexOf(LogLine.Marker);
        return found < 0 ? int.MaxValue : from + found;
    }
}
