using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Security.AccessLog;
using static RePlexOn.Tests.AccessLog.PlexLogText;

namespace RePlexOn.Tests.AccessLog;

public sealed class UrlTextTests
{
    private const string Token = "s3cr3tTokenAbcDef123";

    [Theory]
    [InlineData("/library?X-Plex-Token={0}")]
    [InlineData("/library?x-plex-token={0}&a=1")]
    [InlineData("/photo/:/transcode?width=1&url=%2Flibrary%2Fthumb%3FX-Plex-Token%3D{0}&minSize=1")]
    [InlineData("/photo/:/transcode?url=%252Flibrary%253FX-Plex-Token%253D{0}%2526a")]
    [InlineData("/a?auth_token={0}")]
    [InlineData("/a?access_token={0}&password={0}")]
    [InlineData("/a?X-Plex-T%6Fken={0}")]
    [InlineData("/a?X-Plex-Token%3d{0}")]
    [InlineData("/a?%58-Plex-Token%253D{0}")]
    [InlineData("/a?b=1&api_key={0}")]
    [InlineData("/:/prefs?PlexOnlineToken={0}")]
    public void Should_blot_out_what_opens_a_door(string url)
    {
        string shown = UrlText.Show(Bytes(url.Replace("{0}", Token, StringComparison.Ordinal)));
        Assert.DoesNotContain(Token, shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(UrlText.Blot, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_leave_the_rest_as_it_is() => Assert.Equal(
        "/library?a=1&X-Plex-Token=[redacted]&b=2",
        UrlText.Show(Bytes($"/library?a=1&X-Plex-Token={Token}&b=2")));

    [Fact]
    public void Should_be_one_line_without_control_characters() =>
        Assert.Equal(@"/a\#033[31m\#015b\#377", UrlText.Show([.. "/a\u001b[31m\rb"u8, 0xFF]));

    [Theory]
    [InlineData("%2e%2e%2f", "../")]
    [InlineData("%252e%252e%255c", "../")]
    [InlineData(@"..\", "../")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("100%", "100%")]
    public void Should_decode_nested_encodings(string url, string decoded) => Assert.Equal(decoded, UrlText.Decode(url));

    [Fact]
    public void Should_never_show_a_token_wherever_it_stands()
    {
        Gen<string> piece = Gen.Elements("&", "?", "%26", "%3F", "a=1", "/b", "%2525", "token", "=", "%", "url=%2F", "Ä", "\u0001");
        Gen<string> any =
            from before in piece.ArrayOf(6)
            from name in Gen.Elements("X-Plex-Token", "x-plex-token", "auth_token", "X-Plex-T%6Fken", "password")
            from sign in Gen.Elements("=", "%3D", "%253D", "%25253d")
            from after in Gen.Elements("&a=1", "%26b=2", "&token=", "/c").ArrayOf(4)
            select $"/p?{string.Concat(before)}&{name}{sign}{Token}{string.Concat(after)}";
        Prop.ForAll(any.ToArbitrary(), url =>
            !UrlText.Show(Bytes(url)).Contains(Token, StringComparison.OrdinalIgnoreCase)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
