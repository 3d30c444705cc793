using System.Globalization;

namespace RePlexOn.Security.Firewall;

/// <summary>
/// One file of networks in a form that is in common use: a network, an address or a range a line; lines of network and code,
/// or first address, last address and code (also as numbers); MaxMind's pair of files. A line that is none of these is
/// refused, since half a country list locks people out.
/// </summary>
internal sealed class CountryListFile
{
    private readonly string _path;
    private readonly CountryListColumns? _columns;

    private CountryListFile(string path, CountryListColumns? columns) => (_path, _columns) = (path, columns);

    /// <summary>Opens a file, and finds out what its columns are.</summary>
    /// <exception cref="RePlexOnException"><c>CountryListInvalid</c>: its heading is not known.</exception>
    public static CountryListFile Open(string path)
    {
        (int Number, string Text) first = Lines(path).FirstOrDefault();
        if (first.Text is null) throw Invalid(path, 1, "the file holds no network");
        IReadOnlyList<string> fields = CsvLine.Split(first.Text);
        if (fields.Count == 1 || Number(fields[0]) is not null || AddressRange.Parse(fields[0]) is not null) return new(path, null);
        return new(path, CountryListColumns.Of(fields) ?? throw Invalid(path, first.Number, "the heading has no columns of networks and of countries"));
    }

    /// <summary>Of MaxMind's file of places: the code of each number.</summary>
    public IEnumerable<KeyValuePair<string, string>> ReadCodes()
    {
        if (_columns is not { IsPlaces: true } columns) yield break;
        foreach ((int number, string text) in Lines(_path).Skip(1))
        {
            IReadOnlyList<string> fields = CsvLine.Split(text);
            if (fields.Count < columns.Least) throw Invalid(_path, number, "columns are missing");
            yield return new(fields[columns.Number!.Value], CountryCode.Correct(fields[columns.Country!.Value]));
        }
    }

    /// <summary>The networks, each with the code of its country; null for that where the file has none.</summary>
    /// <param name="codes">The codes of MaxMind's numbers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IEnumerable<(AddressRange Range, string? Country)> ReadNetworks(
        IReadOnlyDictionary<string, string> codes, CancellationToken cancellationToken)
    {
        if (_columns is { IsPlaces: true }) yield break;
        if (_columns is { Country: null } && codes.Count == 0)
        {
            throw new RePlexOnException(
                "CountryListInvalid", ExitCode.Usage, $"{_path} has numbers in place of the codes of countries.",
                "Give the file that explains them too: GeoLite2-Country-Locations-en.csv.");
        }

        foreach ((int number, string text) in Lines(_path).Skip(_columns is null ? 0 : 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<string> fields = CsvLine.Split(text);
            if (fields.Count < (_columns?.Least ?? 1)) throw Invalid(_path, number, "columns are missing");
            (AddressRange? Range, string? Country)? line = _columns is { } columns ? columns.Read(fields, codes) : ReadPlain(fields);
            if (line is not { } read) throw Invalid(_path, number, $"'{Shown(text)}' is no network, no address and no range");
            // A hyphen, ZZ or nothing stands for addresses that are nobody's; they may go across both families.
            if (read.Country is "" or "-" or "ZZ") continue;
            yield return (read.Range ?? throw Invalid(_path, number, $"'{Shown(text)}' is no network, no address and no range"), read.Country);
        }
    }

    /// <summary>A range by its two ends, each an address or its number.</summary>
    internal static AddressRange? Between(string first, string last)
    {
        if ((Number(first) ?? Single(first)) is not { } from || (Number(last) ?? Single(last)) is not { } to) return null;
        return from.IsIPv6 == to.IsIPv6 ? AddressRange.Between(from.IsIPv6, from.First, to.Last) : null;
    }

    private static (AddressRange?, string?)? ReadPlain(IReadOnlyList<string> fields) => fields switch
    {
        [var network] => (AddressRange.Parse(network), null),
        [var network, var country] when IsCode(country) => (AddressRange.Parse(network), CountryCode.Correct(country)),
        [var first, var last, var country, ..] when IsCode(country) => (Between(first, last), CountryCode.Correct(country)),
        _ => null,
    };

    private static bool IsCode(string text) => text is "" or "-" || (text.Length == 2 && text.All(char.IsAsciiLetter));

    private static AddressRange? Single(string text) => AddressRange.Parse(text) is { } range && range.First == range.Last ? range : null;

    // IP2Location: below 2^32 and from ::ffff:0:0 on it is an IPv4 address.
    private static AddressRange? Number(string text)
    {
        if (!UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 value)) return null;
        UInt128 mapped = value - 0xffff_0000_0000;
        return value <= uint.MaxValue ? AddressRange.Between(false, value, value)
            : mapped <= uint.MaxValue ? AddressRange.Between(false, mapped, mapped)
            : AddressRange.Between(true, value, value);
    }

    private static IEnumerable<(int Number, string Text)> Lines(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = WithoutComment(line);
            if (text.Length > 0) yield return (number, text);
        }
    }

    // Only after white space: in 192.0.2.0/24;DE it separates, and to take the network without its country would let it in.
    private static string WithoutComment(string line)
    {
        for (int index = 0; index < line.Length && line[index] != '"'; index++)
        {
            if (line[index] is '#' or ';' && (index == 0 || char.IsWhiteSpace(line[index - 1]))) return line[..index].Trim();
        }

        return line.Trim();
    }

    private static string Shown(string text) =>
        new([.. text.Take(60).Select(one => char.IsControl(one) ? '?' : one), .. text.Length > 60 ? "…" : ""]);

    private static RePlexOnException Invalid(string path, int line, string what) => new(
        "CountryListInvalid", ExitCode.Usage, $"{path}, line {line}: {what}.",
        "Give a list with a network a line (203.0.113.0/24), a range a line, or a CSV file of MaxMind, DB-IP or IP2Location. The rules are as they were before.");
}
