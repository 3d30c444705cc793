namespace RePlexOn.Security.Firewall;

/// <summary>The networks of some countries, as lists of a user say.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="ListsDate">When the oldest of the lists was last changed.</param>
internal sealed record CountryNetworks(AddressSet Networks, DateTimeOffset ListsDate)
{
    /// <summary>Reads lists.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="countries">The codes wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RePlexOnException">
    /// <c>CountryListUnreadable</c>; <c>CountryListInvalid</c>, which names the line; <c>CountryNotInList</c>.
    /// </exception>
    public static CountryNetworks Read(IReadOnlyList<string> paths, IReadOnlyList<string> countries, CancellationToken cancellationToken)
    {
        try
        {
            CountryListFile[] files = [.. paths.Select(path => CountryListFile.Open(path))];
            IReadOnlyDictionary<string, string> codes = files.SelectMany(file => file.ReadCodes()).GroupBy(pair => pair.Key, pair => pair.Value)
                .ToDictionary(group => group.Key, group => group.First());
            var ranges = new List<AddressRange>();
            var missing = new HashSet<string>(countries);
            bool hasPlain = false;
            foreach ((AddressRange range, string? country) in files.SelectMany(file => file.ReadNetworks(codes, cancellationToken)))
            {
                if (country is not null && !countries.Contains(country)) continue;
                ranges.Add(range);
                if (country is null) hasPlain = true;
                else missing.Remove(country);
            }

            if ((missing.Count > 0 && !hasPlain) || ranges.Count == 0)
            {
                throw new RePlexOnException(
                    "CountryNotInList", ExitCode.Usage, $"No network of {string.Join(", ", missing.Order())} is in {string.Join(", ", paths)}.",
                    "Give the list of that country, or a list of all countries. The rules are as they were before.");
            }

            return new(new AddressSet(ranges), paths.Min(path => new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "CountryListUnreadable", ExitCode.Usage, $"A list of networks could not be read: {e.Message}",
                "Name files that are there and that this user may read.", e);
        }
    }
}
