using System.Text;
using RePlexOn.Plex;

namespace RePlexOn.Tests.Plex;

public sealed class PlexPreferencesTests
{
    // The pair is from a real server.
    private const string Machine = "7cd0df33-f7a9-48bc-a855-1ea65f46f8b0";
    private const string Processed = "85517e6e530782f318f9b9b6de5c76baabba18d6";

    [Fact]
    public void Should_read_a_hand_formatted_file_of_many_lines()
    {
        var preferences = Parse("""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- edited by hand -->
            <Preferences
                FriendlyName="Müller &amp; Söhne"
                allowedNetworks="192.168.13.0/255.255.255.0"
                logDebug='0'>
            </Preferences>
            """);

        Assert.Equal("Müller & Söhne", preferences.FriendlyName);
        Assert.Equal(("192.168.13.0/255.255.255.0", "0"), (preferences.Values["allowedNetworks"], preferences.Values["logDebug"]));
        Assert.Null(preferences.MachineIdentifier);
        Assert.False(preferences.IsClaimed);
    }

    [Theory]
    [InlineData($"""<Preferences MachineIdentifier="{Machine}" />""", Processed)]
    [InlineData($"""<Preferences MachineIdentifier="{Machine}" ProcessedMachineIdentifier="other" />""", "other")]
    [InlineData("<Preferences />", null)]
    public void Should_tell_the_identifier_that_names_the_server(string xml, string? identifier) =>
        Assert.Equal(identifier, Parse(xml).MachineIdentifier);

    [Fact]
    public void Should_let_no_secret_out()
    {
        var preferences = Parse("""<Preferences PlexOnlineToken="never-show-this" customCertificateKey="never-show-this" PlexOnlineMail="a@b" LogTokensForDebug="1" PublishServerOnPlexOnlineKey="1"/>""");

        Assert.True(preferences.IsClaimed);
        Assert.True(preferences.Contains("customCertificateKey"));
        Assert.Equal(["LogTokensForDebug", "PlexOnlineMail", "PublishServerOnPlexOnlineKey"], preferences.Values.Keys.Order());
        Assert.DoesNotContain("never-show-this", preferences.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not well-formed XML")]
    [InlineData("\0\0\0\0", "not well-formed XML")]
    [InlineData("<Preferences PlexOnlineToken=\"never-show-this", "not well-formed XML at line 1")]
    [InlineData("<Preferences FriendlyName=\"a\"", "not well-formed XML")]
    [InlineData("<Preferences>", "not well-formed XML")]
    [InlineData("<MediaContainer/>", "its first element is not <Preferences>")]
    [InlineData("<!DOCTYPE Preferences [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Preferences FriendlyName=\"a\"/>", "not well-formed XML")]
    public void Should_refuse_a_damaged_file(string xml, string message)
    {
        var exception = Assert.Throws<RePlexOnException>(() => Parse(xml));
        Assert.Equal("PreferencesDamaged", exception.ErrorId);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("never-show-this", exception.ToString(), StringComparison.Ordinal);
    }

    private static PlexPreferences Parse(string xml) => PlexPreferences.Parse(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
}
