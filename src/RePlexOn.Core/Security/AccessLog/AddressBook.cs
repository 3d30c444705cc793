using System.Net;
using System.Text;

namespace RePlexOn.Security.AccessLog;

/// <summary>Tells of an address in a log what is to be known of it, and who is behind a proxy.</summary>
/// <param name="proxies">Whose X-Forwarded-For is believed.</param>
/// <param name="ignored">Addresses that are never suspicious.</param>
internal sealed class AddressBook(AddressRanges proxies, AddressRanges ignored)
{
    // A log of six files of 10 MB names fewer; who sends from more may make us look an address up again.
    private const int MostKnown = 100_000;

    private readonly Dictionary<string, KnownAddress?> _known = new(StringComparer.Ordinal);

    /// <summary>The address that a text is; null where it is none.</summary>
    public KnownAddress? Find(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 64) return null;
        Span<char> characters = stackalloc char[64];
        int length = Encoding.Latin1.GetChars(text, characters);
        ReadOnlySpan<char> key = characters[..length];
        Dictionary<string, KnownAddress?>.AlternateLookup<ReadOnlySpan<char>> lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(key, out KnownAddress? known)) return known;

        if (_known.Count >= MostKnown) _known.Clear();
        return lookup[key] = Describe(key);
    }

    /// <summary>
    /// The client behind a trusted proxy: the last address of X-Forwarded-For that is no trusted proxy itself, since each
    /// proxy adds whom it saw at the end, and what stands before that is the client's own word. Null where there is none.
    /// </summary>
    public KnownAddress? FindForwarded(ReadOnlySpan<byte> header)
    {
        while (!header.IsEmpty)
        {
            int comma = header.LastIndexOf((byte)',');
            KnownAddress? address = Find(WithoutPort(header[(comma + 1)..].Trim((byte)' ')));
            if (address is null) return null;
            if (!address.IsProxy) return address;
            header = comma < 0 ? default : header[..comma];
        }

        return null;
    }

    // Some proxies write 192.0.2.7:4711 and [2001:db8::1]:4711.
    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("["u8))
        {
            int close = text.IndexOf((byte)']');
            return close < 0 ? text : text[1..close];
        }

        return text.Count((byte)':') == 1 ? text[..text.IndexOf((byte)':')] : text;
    }

    private KnownAddress? Describe(ReadOnlySpan<char> text)
    {
        IPAddress? address = KnownAddress.Parse(text);
        return address is null ? null : new KnownAddress(
            address.ToString(), KnownAddress.IsLocalAddress(address), proxies.Contains(address), ignored.Contains(address));
    }
}
