using RePlexOn.Targets;

namespace RePlexOn.Tests.Targets;

public sealed class SshSettingsTests
{
    private const string Usual = "host nas\nuser root\nsessiontype default\ncontrolmaster false\ncontrolpersist no\n";

    [Theory]
    [InlineData(Usual)]
    [InlineData(Usual + "proxycommand none\nproxyjump none\ncontrolpath none\n")]
    [InlineData(Usual + "controlpath /nowhere/master\n")]
    public void Should_share_where_nothing_is_lost_by_it(string settings) => Assert.True(Read(settings).AllowSharing);

    [Theory]
    [InlineData("")]
    [InlineData("host nas\nuser root\ncontrolmaster false\n")]
    [InlineData(Usual + "proxyjump gate\n")]
    [InlineData(Usual + "proxycommand nc -X connect %h %p\n")]
    [InlineData(Usual + "controlpath /\n")]
    public void Should_leave_old_clients_proxies_and_logins_of_the_user_as_they_are(string settings) =>
        Assert.False(Read(settings).AllowSharing);

    private static SshSettings Read(string text)
    {
        var settings = new SshSettings();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) settings.Add(line);
        return settings;
    }
}
