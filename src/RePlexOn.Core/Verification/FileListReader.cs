using System.Globalization;
using System.IO.Compression;
using System.Text;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Reads a list that <see cref="FileListWriter"/> wrote.</summary>
internal static class FileListReader
{
    /// <summary>Reads all entries.</summary>
    /// <param name="list">The list as it is stored.</param>
    /// <param name="onEntry">Gets each, with its path as lists spell it.</param>
    /// <returns>The kind of its sums.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or was written by a newer RePlexOn.</exception>
    public static FileSumKind Read(Stream list, Action<string, ListedEntry> onEntry)
    {
        using var reader = new StreamReader(new GZipStream(list, CompressionMode.Decompress), Encoding.ASCII);
        try
        {
            string first = reader.ReadLine() ?? "";
            if (!first.StartsWith(FileListWriter.Format, StringComparison.Ordinal)
                || FileSumKinds.Of(first[FileListWriter.Format.Length..]) is not { } kind)
            {
                throw new InvalidDataException("it does not begin as a list of this version");
            }

            while (reader.ReadLine() is { } line) ReadLine(line, kind, onEntry);
            return kind;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static void ReadLine(string line, FileSumKind kind, Action<string, ListedEntry> onEntry)
    {
        Span<Range> parts = stackalloc Range[4];
        ReadOnlySpan<char> text = line;
        if (text.Split(parts, ' ') < 4 || parts[0].End.Value != 1) throw new InvalidDataException("a line of it is cut short");

        ReadOnlySpan<char> size = text[parts[1]], digits = text[parts[2]];
        long? bytes = size is "-" ? null : long.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture);
        FileSum? sum = FileSum.Parse(kind, digits);
        if (sum is null && digits is not "-") throw new InvalidDataException("a sum in it is none");
        onEntry(text[parts[3]].ToString(), new ListedEntry(line[0], bytes, sum));
    }
}
