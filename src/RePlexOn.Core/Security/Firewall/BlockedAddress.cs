using System.Net;

namespace RePlexOn.Security.Firewall;

/// <summary>An address that may not connect.</summary>
public sealed record BlockedAddress
{
    /// <summary>The IPv4 address, or the IPv6 network of 64 bits.</summary>
    public required string Address { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset BlockedAt { get; init; }

    /// <summary>Until when; null for until it is taken back.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why, as it was given.</summary>
    public string? Reason { get; init; }

    internal AddressRange Range => AddressRange.Parse(Address) ?? throw new FormatException($"'{Address}' is no address.");

    /// <summary>
    /// What is blocked for an address: itself, or of IPv6 its network of 64 bits, in which a machine changes its address
    /// as it likes.
    /// </summary>
    /// <exception cref="RePlexOnException"><c>AddressInvalid</c>: it is none.</exception>
    internal static AddressRange Unit(string text)
    {
        string trimmed = text.Trim();
        string address = trimmed.EndsWith("/64", StringComparison.Ordinal) && trimmed.Contains(':') ? trimmed[..^3] : trimmed;
        if (AddressRange.Parse(address) is not { } range || range.First != range.Last)
        {
            throw new RePlexOnException(
                "AddressInvalid", ExitCode.Usage, $"'{text}' is not an IP address.",
                "Give an address such as 203.0.113.7 or 2001:db8::7; networks are for a country rule with a list of your own.");
        }

        return range.IsIPv6 ? AddressRange.Network(IPAddress.Parse(address), 64) : range;
    }
}
