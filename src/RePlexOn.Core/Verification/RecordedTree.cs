using System.Globalization;
using System.IO.Compression;

namespace RePlexOn.Verification;

/// <summary>What the lists of a tree's runs say is in it.</summary>
internal sealed class RecordedTree
{
    private Dictionary<string, ListedEntry> _entries = [];

    /// <summary>The entries, by path as lists spell it.</summary>
    public IReadOnlyDictionary<string, ListedEntry> Entries => _entries;

    /// <summary>Whether the lists go back to one that names every entry.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Goes on to the state after one more run.</summary>
    /// <param name="list">The run's list, as it is stored.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Apply(Stream list)
    {
        using var reader = new StreamReader(new GZipStream(list, CompressionMode.Decompress));
        Dictionary<string, ListedEntry>? earlier = null;
        try
        {
            while (reader.ReadLine() is { } line)
            {
                if (line == FileListWriter.WholeTree)
                {
                    (earlier, _entries, IsWhole) = (_entries, [], true);
                }
                else
                {
                    Apply(line, earlier ?? _entries);
                }
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or IOException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private void Apply(string line, Dictionary<string, ListedEntry> earlier)
    {
        string[] parts = line.Split(' ', 4);
        if (parts is not [[var kind], var bytes, var md5, var path]) throw new InvalidDataException("A line of it is cut short.");
        if (kind == 'x')
        {
            _entries.Remove(path);
            return;
        }

        long size = long.Parse(bytes, NumberStyles.None, CultureInfo.InvariantCulture);

        // Without a sum nothing was sent: it is a change of attributes, or a link to what was there already.
        UInt128? sum = md5 != "-" ? UInt128.Parse(md5, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : (_entries.TryGetValue(path, out ListedEntry before) || earlier.TryGetValue(path, out before))
                && before.Kind == kind && before.Bytes == size ? before.Md5
            : null;
        _entries[path] = new ListedEntry(kind, size, sum);
    }
}
