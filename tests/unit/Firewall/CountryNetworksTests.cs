using RePlexOn.Security.Firewall;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Firewall;

/// <summary>Lists of networks in the forms that are in common use.</summary>
public sealed class CountryNetworksTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("192.0.2.0/24\n\n# comment\n198.51.100.1\n2001:db8::/32 ; more\n203.0.113.1-203.0.113.9\r\n", "192.0.2.0/24 198.51.100.1 203.0.113.1-203.0.113.9 2001:db8::/32")]
    [InlineData("192.0.2.0,192.0.2.255,DE\n198.51.100.0,198.51.100.255,FR\n", "192.0.2.0/24")]
    [InlineData("\"3221225984\",\"3221226239\",\"DE\",\"Germany\"\n\"0\",\"281470681743359\",\"-\",\"-\"\n\"281473902969344\",\"281473902969345\",\"DE\",\"Germany\"\n", "192.0.2.0/24")]
    [InlineData("\"42540766411282592856903984951653826560\",\"42540766411282592856903984951653826561\",\"DE\",\"Germany\"\n", "2001:db8::/127")]
    [InlineData("192.0.2.0\t192.0.2.127\tDE\n192.0.2.128\t192.0.2.255\tde\n", "192.0.2.0/24")]
    [InlineData("192.0.2.0/24,DE\n198.51.100.0/24,ZZ\n", "192.0.2.0/24")]
    [InlineData("network,country,country_code,continent\n192.0.2.0/24,\"Germany, all\",DE,EU\n203.0.113.0/24,France,FR,EU\n", "192.0.2.0/24")]
    [InlineData("start_ip,end_ip,country\n192.0.2.0,192.0.2.255,DE\n", "192.0.2.0/24")]
    public void Should_read(string list, string expected) => Assert.Equal(expected.Split(' '), Read(["DE"], list).Networks.ToTexts());

    [Fact]
    public void Should_read_the_files_of_MaxMind_in_any_order()
    {
        const string blocks = """
            network,geoname_id,registered_country_geoname_id,represented_country_geoname_id,is_anonymous_proxy,is_satellite_provider
            192.0.2.0/24,2921044,3017382,,0,0
            198.51.100.0/24,,2921044,,0,0
            203.0.113.0/24,3017382,2921044,,0,0
            233.252.0.0/24,,,,0,0
            """;
        const string blocks6 = """
            network,geoname_id,registered_country_geoname_id,represented_country_geoname_id,is_anonymous_proxy,is_satellite_provider,is_anycast
            2001:db8::/32,2921044,2921044,,0,0,
            """;
        const string places = """
            geoname_id,locale_code,continent_code,continent_name,country_iso_code,country_name,is_in_european_union
            2921044,en,EU,Europe,DE,Germany,1
            3017382,en,EU,Europe,FR,"France, Republic of",1
            6255147,en,AS,Asia,,,0
            """;

        Assert.Equal(["192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32"], Read(["DE"], blocks, places, blocks6).Networks.ToTexts());
        RePlexOnException alone = Assert.Throws<RePlexOnException>(() => Read(["DE"], blocks));
        Assert.Contains("GeoLite2-Country-Locations-en.csv", alone.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 3", "192.0.2.0/24\n\n192.0.2.0/99\n")]
    [InlineData("line 2", "192.0.2.0/24\n192.0.2.1 192.0.2.2\n")]
    [InlineData("line 1", "192.0.2.0/24;DE\n")]
    [InlineData("line 2", "192.0.2.0,192.0.2.255,DE\n192.0.2.0,DE,192.0.2.255\n")]
    [InlineData("line 2", "192.0.2.0,192.0.2.255,DE\n192.0.3.255,192.0.3.0,FR\n")]
    [InlineData("line 2", "network,country_code\n192.0.2.0/24\n")]
    [InlineData("line 1", "date,amount\n2026-01-01,5\n")]
    [InlineData("line 1", "PK\u0003\u0004")]
    [InlineData("line 1", "")]
    public void Should_name_the_line_that_it_does_not_understand(string line, string list)
    {
        RePlexOnException trouble = Assert.Throws<RePlexOnException>(() => Read(["DE", "FR"], list));

        Assert.Equal("CountryListInvalid", trouble.ErrorId);
        Assert.Contains($"{line}:", trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0003', trouble.Message);
    }

    [Fact]
    public void Should_not_set_a_rule_for_a_country_that_no_list_has()
    {
        RePlexOnException trouble = Assert.Throws<RePlexOnException>(() => Read(["DE", "FR"], "192.0.2.0/24,DE\n"));

        Assert.Equal("CountryNotInList", trouble.ErrorId);
        Assert.Contains("FR", trouble.Message, StringComparison.Ordinal);
        Assert.Equal("CountryListUnreadable", Assert.Throws<RePlexOnException>(
            () => CountryNetworks.Read([_folder.At("missing")], ["DE"], CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void Should_know_the_codes_that_the_time_zones_of_this_machine_know()
    {
        string[] standard = [.. File.ReadLines("/usr/share/zoneinfo/iso3166.tab").Where(line => line[0] != '#').Select(line => line[..2])];

        Assert.Equal(standard.Append("XK").Order(), CountryCode.All.Order());
        Assert.Equal("GB", CountryCode.Parse(" uk "));
        Assert.Equal("GR", CountryCode.Parse("EL"));
        Assert.Equal("CountryUnknown", Assert.Throws<RePlexOnException>(() => CountryCode.Parse("Germany")).ErrorId);
    }

    public void Dispose() => _folder.Dispose();

    private CountryNetworks Read(IReadOnlyList<string> countries, params string[] lists) => CountryNetworks.Read(
        [.. lists.Select((list, number) => _folder.File($"list{number}", list))], countries, CancellationToken.None);
}
