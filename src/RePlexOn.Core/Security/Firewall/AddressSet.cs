namespace RePlexOn.Security.Firewall;

/// <summary>Addresses of both families, as ranges in order that neither overlap nor touch.</summary>
internal sealed class AddressSet
{
    /// <summary>Makes a set of ranges in any order.</summary>
    public AddressSet(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<AddressRange>();
        foreach (AddressRange range in ranges.Order())
        {
            if (merged.Count > 0 && merged[^1].Join(range) is { } both) merged[^1] = both;
            else merged.Add(range);
        }

        Ranges = merged;
    }

    /// <summary>All of them, IPv4 first.</summary>
    public IReadOnlyList<AddressRange> Ranges { get; }

    /// <summary>Those of one family.</summary>
    public IEnumerable<AddressRange> Of(bool isIPv6) => Ranges.Where(range => range.IsIPv6 == isIPv6);

    /// <summary>Reads what <see cref="ToTexts"/> gave.</summary>
    /// <exception cref="FormatException">A text is neither an address nor a network nor a range.</exception>
    public static AddressSet Of(IEnumerable<string> texts) =>
        new(texts.Select(text => AddressRange.Parse(text) ?? throw new FormatException($"'{text}' is no network.")));

    /// <summary>The ranges as texts.</summary>
    public IReadOnlyList<string> ToTexts() => [.. Ranges.Select(range => range.ToString())];
}
