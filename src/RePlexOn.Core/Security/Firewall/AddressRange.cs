using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RePlexOn.Security.Firewall;

/// <summary>A run of IP addresses of one family, both ends included.</summary>
internal readonly record struct AddressRange : IComparable<AddressRange>
{
    private AddressRange(bool isIPv6, UInt128 first, UInt128 last) => (IsIPv6, First, Last) = (isIPv6, first, last);

    public bool IsIPv6 { get; }

    public UInt128 First { get; }

    public UInt128 Last { get; }

    /// <summary>How many bits an address of the family has.</summary>
    public int Bits => IsIPv6 ? 128 : 32;

    /// <summary>The range from one address to another of the same family; null where there is none.</summary>
    public static AddressRange? Between(bool isIPv6, UInt128 first, UInt128 last) =>
        first <= last && (isIPv6 || last <= uint.MaxValue) ? new(isIPv6, first, last) : null;

    /// <summary>The network that holds an address; an IPv4 address written as an IPv6 one counts as IPv4.</summary>
    public static AddressRange Network(IPAddress address, int prefixLength)
    {
        AddressRange single = Single(address);
        UInt128 hosts = prefixLength == 0 && single.IsIPv6 ? UInt128.MaxValue : (UInt128.One << (single.Bits - prefixLength)) - 1;
        return new(single.IsIPv6, single.First & ~hosts, single.First | hosts);
    }

    /// <summary>One address; an IPv4 address written as an IPv6 one counts as IPv4.</summary>
    public static AddressRange Single(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        bool isIPv6 = plain.AddressFamily == AddressFamily.InterNetworkV6;
        UInt128 value = isIPv6 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return new(isIPv6, value, value);
    }

    /// <summary>
    /// Reads an address, a network (<c>192.0.2.0/24</c>, <c>192.0.2.0/255.255.255.0</c>) or a range (<c>192.0.2.1-192.0.2.9</c>).
    /// </summary>
    public static AddressRange? Parse(string text)
    {
        if (text.Split('-') is [var from, var to])
        {
            return ParseAddress(from.Trim()) is { } first && ParseAddress(to.Trim()) is { } last && first.IsIPv6 == last.IsIPv6
                ? Between(first.IsIPv6, first.First, last.Last)
                : null;
        }

        if (text.Split('/') is not [var address, var length]) return ParseAddress(text);
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || ParseAddress(address) is not { } single) return null;
        return PrefixLength(length) is { } bits && bits <= single.Bits ? Network(parsed, bits) : null;
    }

    /// <summary>Whether the two have an address in common.</summary>
    public bool Overlaps(AddressRange other) => IsIPv6 == other.IsIPv6 && First <= other.Last && other.First <= Last;

    /// <inheritdoc />
    public int CompareTo(AddressRange other) =>
        IsIPv6 != other.IsIPv6 ? IsIPv6.CompareTo(other.IsIPv6) : First != other.First ? First.CompareTo(other.First) : Last.CompareTo(other.Last);

    /// <summary>Both, where they overlap or one follows the other; null where there is a gap.</summary>
    public AddressRange? Join(AddressRange next) =>
        IsIPv6 == next.IsIPv6 && (Overlaps(next) || (Last < next.First && next.First - Last == 1))
            ? new(IsIPv6, UInt128.Min(First, next.First), UInt128.Max(Last, next.Last))
            : null;

    /// <summary>The range as firewalls read it: an address, a network, or two addresses with a hyphen.</summary>
    public override string ToString()
    {
        UInt128 hosts = Last - First;
        if (hosts == 0) return Text(First);
        bool isNetwork = (hosts & (hosts + 1)) == 0 && (First & hosts) == 0;
        return isNetwork
            ? string.Create(CultureInfo.InvariantCulture, $"{Text(First)}/{Bits - (int)UInt128.PopCount(hosts)}")
            : $"{Text(First)}-{Text(Last)}";
    }

    // IPAddress takes 1, 0x7f.1 and 010.0.0.1 too, each for another address than a person may mean.
    private static AddressRange? ParseAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.AsSpan().ContainsAny("%[]") : address.ToString() == text)
            ? Single(address)
            : null;

    private static int? PrefixLength(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length)) return length;
        if (ParseAddress(text) is not { IsIPv6: false } mask) return null;
        var value = (uint)mask.First;
        return (~value & (~value + 1)) == 0 ? int.CreateChecked(uint.PopCount(value)) : null;
    }

    private string Text(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new IPAddress(IsIPv6 ? bytes : bytes[12..]).ToString();
    }
}
