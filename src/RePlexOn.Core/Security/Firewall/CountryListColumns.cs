namespace RePlexOn.Security.Firewall;

/// <summary>Which columns of a CSV file with a heading hold what is needed.</summary>
internal sealed record CountryListColumns
{
    private int? Network { get; init; }

    private int? First { get; init; }

    private int? Last { get; init; }

    /// <summary>The code of the country.</summary>
    public int? Country { get; private init; }

    /// <summary>MaxMind's number of the country.</summary>
    public int? Number { get; private init; }

    /// <summary>MaxMind's number of the country that the network is registered in, where that of its place is not known.</summary>
    private int? Registered { get; init; }

    /// <summary>How many columns a line must have.</summary>
    public int Least => 1 + new[] { Network, First, Last, Country, Number, Registered }.Max(column => column ?? 0);

    /// <summary>Whether the file explains numbers, and holds no networks.</summary>
    public bool IsPlaces => Network is null && First is null;

    /// <summary>Reads a heading; null where it does not have what is needed.</summary>
    public static CountryListColumns? Of(IReadOnlyList<string> heading)
    {
        List<string> names = [.. heading.Select(name => name.ToLowerInvariant())];
        var columns = new CountryListColumns
        {
            Network = Find("network", "cidr", "prefix"),
            First = Find("start_ip", "ip_start", "range_start", "start", "first"),
            Last = Find("end_ip", "ip_end", "range_end", "end", "last"),
            Country = Find("country_iso_code", "country_code", "cc", "country"),
            Number = Find("geoname_id"),
            Registered = Find("registered_country_geoname_id"),
        };
        bool hasNetworks = columns.Network is not null || (columns.First is not null && columns.Last is not null);
        bool hasCountries = columns.Country is not null || columns.Number is not null;
        bool explains = columns.Country is not null && columns.Number is not null;
        return (hasNetworks && hasCountries) || (columns.IsPlaces && explains) ? columns : null;

        int? Find(params ReadOnlySpan<string> known)
        {
            foreach (string name in known)
            {
                if (names.IndexOf(name) is >= 0 and var index) return index;
            }

            return null;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="codes">The codes of MaxMind's numbers.</param>
    public (AddressRange? Range, string? Country) Read(IReadOnlyList<string> fields, IReadOnlyDictionary<string, string> codes)
    {
        string country = Country is { } code
            ? CountryCode.Correct(fields[code])
            : codes.GetValueOrDefault(fields[Number!.Value]) ?? (Registered is { } other ? codes.GetValueOrDefault(fields[other]) : null) ?? "";
        AddressRange? range = Network is { } network ? AddressRange.Parse(fields[network]) : CountryListFile.Between(fields[First!.Value], fields[Last!.Value]);
        return (range, country);
    }
}
