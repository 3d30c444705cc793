using System.Net;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Tests.Firewall;

/// <summary>Addresses, networks and ranges as people and lists write them.</summary>
public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7/24", "192.0.2.0/24")]
    [InlineData("192.0.2.0/255.255.255.0", "192.0.2.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9")]
    [InlineData("192.0.2.0 - 192.0.2.255", "192.0.2.0/24")]
    [InlineData("2001:DB8::7", "2001:db8::7")]
    [InlineData("2001:db8::7/64", "2001:db8::/64")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::-2001:db8::ff", "2001:db8::/120")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    public void Should_read_what_firewalls_understand(string text, string expected) =>
        Assert.Equal(expected, AddressRange.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("192.0.2")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("999.999.999.999")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/255.0.255.0")]
    [InlineData("192.0.2.9-192.0.2.1")]
    [InlineData("192.0.2.1-2001:db8::1")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[2001:db8::1]")]
    [InlineData("2001:db8::/ffff::")]
    public void Should_refuse_what_may_mean_something_else(string text) => Assert.Null(AddressRange.Parse(text));

    [Fact]
    public void Should_read_back_what_it_writes() => Prop.ForAll(Ranges(), range =>
        AddressRange.Parse(range.ToString()) == range).QuickCheckThrowOnFailure();

    [Fact]
    public void Should_merge_to_the_same_addresses_without_overlap()
    {
        Prop.ForAll(Small().ListOf(12).ToArbitrary(), ranges =>
        {
            IReadOnlyList<AddressRange> merged = new AddressSet(ranges).Ranges;
            bool same = Enumerable.Range(0, 256).All(last => Holds(ranges, last) == Holds(merged, last));
            bool apart = merged.Zip(merged.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First);
            return same && apart;
        }).QuickCheckThrowOnFailure();

        static bool Holds(IEnumerable<AddressRange> ranges, int last) =>
            ranges.Any(range => range.Overlaps(AddressRange.Single(new IPAddress([192, 0, 2, (byte)last]))));
    }

    [Fact]
    public void Should_keep_the_families_apart()
    {
        var set = AddressSet.Of(["::/0", "0.0.0.0/0", "255.255.255.255"]);

        Assert.Equal(["0.0.0.0/0", "::/0"], set.ToTexts());
        Assert.False(set.Ranges[0].Overlaps(set.Ranges[1]));
    }

    private static Arbitrary<AddressRange> Ranges() => Gen.OneOf(Small(), Wide(isIPv6: false, 4), Wide(isIPv6: true, 16)).ToArbitrary();

    private static Gen<AddressRange> Small() =>
        from first in Gen.Choose(0, 255)
        from last in Gen.Choose(first, Math.Min(255, first + 40))
        select AddressRange.Parse($"192.0.2.{first}-192.0.2.{last}")!.Value;

    private static Gen<AddressRange> Wide(bool isIPv6, int bytes) =>
        from parts in Gen.Choose(0, 255).ArrayOf(bytes)
        from bits in Gen.Choose(0, isIPv6 ? 128 : 32)
        select AddressRange.Network(new IPAddress(parts.Select(part => (byte)part).ToArray()), bits);
}
