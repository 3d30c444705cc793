using System.Buffers.Text;

namespace RePlexOn.Targets;

/// <summary>One note of an <see cref="RsyncChangeLog"/>.</summary>
internal readonly ref struct RsyncRecord
{
    private const int CodeLength = 11;

    /// <summary>Whether the path is gone from the destination.</summary>
    public bool IsDeleted { get; private init; }

    /// <summary>Whether the file's content was transferred.</summary>
    public bool IsSent { get; private init; }

    /// <summary>rsync's letter for what it is: <c>f</c>, <c>d</c>, <c>L</c>, <c>D</c> or <c>S</c>.</summary>
    public char Kind { get; private init; }

    /// <summary>Size in bytes, as rsync saw it when it listed the file.</summary>
    public long Bytes { get; private init; }

    /// <summary>Sum of its content, where rsync has read it: of what was sent, and of every file compared by content.</summary>
    public FileSum? Sum { get; private init; }

    /// <summary>The path as rsync wrote it; see <see cref="RsyncNames"/>. A folder's ends with a slash.</summary>
    public ReadOnlySpan<byte> PrintedPath { get; private init; }

    /// <summary>Reads <c>%i %l %C %n</c>.</summary>
    /// <returns>Whether it is that.</returns>
    public static bool Read(ReadOnlySpan<byte> note, FileSumKind? kind, out RsyncRecord record)
    {
        record = default;
        if (note.Length < CodeLength + 1 || note[CodeLength] != ' ') return false;

        ReadOnlySpan<byte> code = note[..CodeLength], rest = note[(CodeLength + 1)..];
        if (!Utf8Parser.TryParse(rest, out long bytes, out int digits) || rest.Length < digits + FileSum.Digits + 2) return false;

        // Where rsync has no sum it writes as many blanks.
        ReadOnlySpan<byte> sum = rest.Slice(digits + 1, FileSum.Digits), path = rest[(digits + FileSum.Digits + 1)..];
        if (path[0] != ' ') return false;
        record = new RsyncRecord
        {
            IsDeleted = code[0] == '*',
            IsSent = code[0] is (byte)'<' or (byte)'>',
            Kind = (char)code[1],
            Bytes = bytes,
            Sum = FileSum.Parse(kind, sum),
            PrintedPath = path[1..],
        };
        return true;
    }
}
