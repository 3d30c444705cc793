using RePlexOn.Plex;

namespace RePlexOn.Tests.Restore;

public sealed class PlexServiceTests
{
    [Theory]
    [InlineData("systemd", "systemctl stop plexmediaserver", "systemctl start plexmediaserver")]
    [InlineData("systemd:plex@1", "systemctl stop plex@1", "systemctl start plex@1")]
    [InlineData("snap", "snap stop plexmediaserver", "snap start plexmediaserver")]
    [InlineData("docker:plex", "docker stop plex", "docker start plex")]
    public void Should_know_the_usual_ways(string text, string stop, string start)
    {
        PlexService service = PlexService.Parse(text);

        Assert.Equal(stop, string.Join(' ', [service.Stop.Program, .. service.Stop.Arguments]));
        Assert.Equal(start, string.Join(' ', [service.Start.Program, .. service.Start.Arguments]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("docker")]
    [InlineData("docker:")]
    [InlineData("docker:--all")]
    [InlineData("initd")]
    public void Should_refuse_others(string text) =>
        Assert.Equal("PlexServiceUnknown", Assert.Throws<RePlexOnException>(() => PlexService.Parse(text)).ErrorId);

    [Fact]
    public void Should_want_both_commands_or_none()
    {
        Assert.Null(PlexService.Choose(null, [], []));
        Assert.Equal(["a b", "$(c)"], PlexService.Choose(null, ["x", "a b", "$(c)"], ["y"])!.Stop.Arguments);
        Assert.Throws<RePlexOnException>(() => PlexService.Choose(null, ["stop"], []));
        Assert.Throws<RePlexOnException>(() => PlexService.Choose("snap", ["stop"], ["start"]));
    }
}
