using System.Globalization;
using System.Net;

namespace RePlexOn.Security.Audit;

/// <summary>A port that something on this machine listens on.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Address">The address it listens on.</param>
/// <param name="Port">The port.</param>
/// <param name="User">The number of the user whose it is.</param>
internal sealed record ListeningSocket(string Protocol, IPAddress Address, int Port, uint User)
{
    private const string TcpListen = "0A", UdpUnconnected = "07";

    /// <summary>Whether other machines can get at it, as far as no firewall says otherwise.</summary>
    public bool IsOpenToOthers => !IPAddress.IsLoopback(Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address);

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Port}/{Protocol} on {(IPAddress.Any.Equals(Address) || IPAddress.IPv6Any.Equals(Address) ? "all addresses" : Address)}");

    /// <summary>All of them, as the kernel tells (proc_net(5)); empty where it does not.</summary>
    /// <param name="root">Where the file system begins.</param>
    public static IReadOnlyList<ListeningSocket> Read(string root) =>
    [
        .. Read(root, "tcp", TcpListen), .. Read(root, "tcp6", TcpListen), .. Read(root, "udp", UdpUnconnected), .. Read(root, "udp6", UdpUnconnected),
    ];

    private static IEnumerable<ListeningSocket> Read(string root, string table, string state)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Join(root, "proc/net", table));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (string[] fields in lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (fields.Length > 7 && fields[3] == state && fields[1].Split(':') is [var address, var port]
                && uint.TryParse(fields[7], NumberStyles.None, CultureInfo.InvariantCulture, out uint user))
            {
                yield return new ListeningSocket(table[..3], ToAddress(address), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture), user);
            }
        }
    }

    // The kernel prints each 32 bits of the address as a number of this machine's byte order.
    private static IPAddress ToAddress(string text)
    {
        byte[] bytes = Convert.FromHexString(text);
        if (BitConverter.IsLittleEndian)
        {
            for (int word = 0; word < bytes.Length; word += 4) Array.Reverse(bytes, word, 4);
        }

        return new IPAddress(bytes);
    }
}
