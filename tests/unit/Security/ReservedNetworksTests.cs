using System.Net;
using RePlexOn.Configuration;
using RePlexOn.Security;
using RePlexOn.Security.AccessLog;
using RePlexOn.Security.Audit;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Tests.Security;

public sealed class ReservedNetworksTests
{
    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("::1", true, true)]
    [InlineData("10.255.255.255", true, true)]
    [InlineData("172.31.255.255", true, true)]
    [InlineData("172.32.0.0", false, false)]
    [InlineData("192.168.0.0", true, true)]
    [InlineData("169.254.1.1", true, true)]
    [InlineData("fe80::1%1", true, true)]
    [InlineData("fdff:ffff::1", true, true)]
    [InlineData("::ffff:10.0.0.1", true, true)]
    [InlineData("::ffff:203.0.113.9", false, false)]
    [InlineData("100.64.0.0", false, true)]
    [InlineData("100.127.255.255", false, true)]
    [InlineData("100.128.0.0", false, false)]
    [InlineData("203.0.113.9", false, false)]
    [InlineData("2001:db8::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    public void Should_tell_what_is_near_and_what_is_not_of_the_internet(string text, bool near, bool notOfTheInternet)
    {
        var address = IPAddress.Parse(text);

        Assert.Equal((near, notOfTheInternet), (ReservedNetworks.Near.Cover(address), ReservedNetworks.NotOfTheInternet.Cover(address)));
    }

    [Theory]
    [InlineData("192.168.1.7", true, true, false)]
    [InlineData("100.64.0.7", false, true, false)]
    [InlineData("0.0.0.0", false, true, true)]
    [InlineData("203.0.113.9", false, false, true)]
    public void Should_count_for_firewall_access_log_and_audit_as_each_needs_it(string text, bool isExempt, bool isLocal, bool isOpen)
    {
        var address = IPAddress.Parse(text);
        var nowhere = new MachineAddresses([], [], []);
        var guarded = new GuardedNetworks(new RePlexOnConfiguration { StateDirectory = "/nowhere" }, nowhere);

        Assert.Equal(
            (isExempt, isLocal, isOpen),
            (guarded.Lan.Any(range => range.Overlaps(AddressRange.Single(address))), KnownAddress.IsLocalAddress(address), AllowedNetwork.Parse(text)[0].ReachesTheInternet));
    }
}
