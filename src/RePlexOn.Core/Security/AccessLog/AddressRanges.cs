using System.Globalization;
using System.Net;

namespace RePlexOn.Security.AccessLog;

/// <summary>Addresses and networks that a user has listed.</summary>
internal sealed class AddressRanges
{
    private readonly IPNetwork[] _networks;

    private AddressRanges(IPNetwork[] networks) => _networks = networks;

    /// <summary>How fail2ban and others read them: CIDR.</summary>
    public IReadOnlyList<string> Texts => [.. _networks.Select(one => one.ToString())];

    /// <summary>Reads addresses (<c>192.0.2.7</c>) and networks (<c>192.0.2.0/24</c>, <c>2001:db8::/32</c>).</summary>
    /// <param name="key">The setting they come from, for messages.</param>
    /// <param name="texts">The entries.</param>
    /// <exception cref="RePlexOnException"><c>AddressInvalid</c>.</exception>
    public static AddressRanges Parse(string key, IEnumerable<string> texts) => new([.. texts.Select(text => ParseOne(key, text))]);

    /// <summary>Whether an address is among them.</summary>
    public bool Contains(IPAddress address) => Array.Exists(_networks, network => network.Contains(address));

    private static IPNetwork ParseOne(string key, string text)
    {
        string[] parts = text.Trim().Split('/');
        if (parts.Length <= 2 && KnownAddress.Parse(parts[0]) is { } address)
        {
            int bits = NetworkOf.Bits(address);
            int length = bits;
            if (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits))
                return NetworkOf.Address(address, length);
        }

        throw new RePlexOnException(
            "AddressInvalid", ExitCode.Usage, $"{key} holds '{text}', which is neither an address nor a network.",
            "Write an address such as 192.0.2.7, or a network such as 192.0.2.0/24 or 2001:db8::/32.");
    }
}
