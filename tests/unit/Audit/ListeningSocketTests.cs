using System.Net;
using System.Net.Sockets;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

public sealed class ListeningSocketTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Should_see_a_port_that_really_is_listened_on(string address)
    {
        if (address.Contains(':') && !Socket.OSSupportsIPv6) return;
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        ListeningSocket socket = Assert.Single(ListeningSocket.Read("/"), one => one.Protocol == "tcp" && one.Port == port);

        Assert.Equal((IPAddress.Parse(address), false), (socket.Address, socket.IsOpenToOthers));
    }

    [Fact]
    public void Should_read_what_the_kernel_prints()
    {
        using var root = new ScratchFolder();
        const string heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        root.File("proc/net/tcp", heading
            + "   0: 00000000:7E90 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1 0 100 0 0 10 0\n"
            + "   1: 0100007F:7E91 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 2 1 0 100 0 0 10 0\n"
            + "   2: 0100007F:7E90 0100007F:1234 01 00000000:00000000 00:00000000 00000000   999        0 3 1 0 100 0 0 10 0\n");
        root.File("proc/net/tcp6", heading
            + "   0: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4 1 0\n");
        root.File("proc/net/udp", heading + "   0: 00000000:076C 00000000:0000 07 00000000:00000000 00:00000000 00000000   999        0 5 2 0 0\n");

        IReadOnlyList<ListeningSocket> sockets = ListeningSocket.Read(root.Path);

        Assert.Equal(
            ["32400/tcp on all addresses", "32401/tcp on 127.0.0.1", "80/tcp on ::ffff:127.0.0.1", "1900/udp on all addresses"], sockets.Select(socket => socket.ToString()));
        Assert.Equal([true, false, false, true], sockets.Select(socket => socket.IsOpenToOthers));
        Assert.Equal([999u, 999u, 0u, 999u], sockets.Select(socket => socket.User));
    }
}
