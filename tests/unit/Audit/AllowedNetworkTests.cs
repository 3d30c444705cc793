using System.Net;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Security.Audit;

namespace RePlexOn.Tests.Audit;

public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("192.168.1.0/255.255.255.0", 256, false)]
    [InlineData("192.168.1.77/24", 256, false)]
    [InlineData("192.168.1.77", 1, false)]
    [InlineData("192.168.1.77/255.255.255.255", 1, false)]
    [InlineData("10.0.0.0/7", 33_554_432, true)]
    [InlineData("8.8.8.8", 1, true)]
    [InlineData("::1", 1, false)]
    [InlineData("2001:db8::/126", 4, true)]
    public void Should_tell_how_wide_an_entry_is(string text, long addresses, bool internet)
    {
        AllowedNetwork network = Assert.Single(AllowedNetwork.Parse(text));

        Assert.Equal((new BigInteger(addresses), internet), (network.Addresses, network.ReachesTheInternet));
    }

    [Theory]
    [InlineData("192.168.1.0/33")]
    [InlineData("192.168.1.0/-1")]
    [InlineData("192.168.1.0/255.0.255.0")]
    [InlineData("192.168.1")]
    [InlineData("10")]
    [InlineData("192.168.1.0/24/24")]
    [InlineData("fd00::/ffff::")]
    [InlineData("plex.example.org")]
    public void Should_not_guess_what_an_entry_means(string text) => Assert.Null(Assert.Single(AllowedNetwork.Parse(text)).Network);

    [Fact]
    public void Should_hold_what_the_netmask_says()
    {
        Gen<(uint Address, int Prefix, uint Other)> some = from address in ArbMap.Default.GeneratorFor<uint>()
                                                           from prefix in Gen.Choose(0, 32)
                                                           from other in ArbMap.Default.GeneratorFor<uint>()
                                                           from near in Gen.Elements(true, false)
                                                           select (address, prefix, near ? address ^ (other >> 24) : other);
        Prop.ForAll(some.ToArbitrary(), one =>
        {
            uint mask = one.Prefix == 0 ? 0 : uint.MaxValue << (32 - one.Prefix);
            bool inside = (one.Address & mask) == (one.Other & mask);
            AllowedNetwork bits = AllowedNetwork.Parse($"{Text(one.Address)}/{one.Prefix}")[0], netmask = AllowedNetwork.Parse($"{Text(one.Address)}/{Text(mask)}")[0];
            return bits.Contains(Address(one.Other)) == inside && netmask.Contains(Address(one.Other)) == inside && bits.Addresses == netmask.Addresses;
        }).QuickCheckThrowOnFailure();
    }

    private static string Text(uint address) => Address(address).ToString();

    private static IPAddress Address(uint address) => new([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]);
}
