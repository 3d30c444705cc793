using System.Net;
using System.Net.Sockets;

namespace RePlexOn.Security;

/// <summary>Networks by an address in them.</summary>
internal static class NetworkOf
{
    /// <summary>How many bits an address has: 32 or 128.</summary>
    public static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    /// <summary>The network that an address is in: 10.0.0.5/24 is how people write the one that they see at an interface.</summary>
    /// <param name="address">The address.</param>
    /// <param name="length">How many of its first bits name the network, at most <see cref="Bits"/>.</param>
    public static IPNetwork Address(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
