using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Targets;

namespace RePlexOn.Tests.Targets;

public sealed class TargetParserTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Theory]
    [InlineData("/mnt/nas/plex", "/mnt/nas/plex/plex-current/", "local:/mnt/nas/plex")]
    [InlineData(" /mnt//nas/../nas/plex/ ", "/mnt/nas/plex/plex-current/", "local:/mnt/nas/plex")]
    [InlineData("/my disk/it's [x]*", "/my disk/it's [x]*/plex-current/", "local:/my disk/it's [x]*")]
    [InlineData("rsync://nas/backups", "rsync://nas:873/backups/plex-current/", "daemon:nas:873/backups")]
    [InlineData("RSYNC://u@NAS:8873/backups/plex//a/", "rsync://u@NAS:8873/backups/plex/a/plex-current/", "daemon:nas:8873/backups/plex/a")]
    [InlineData("rsync://u@[fe80::1%eth0]:8873/m", "rsync://u@[fe80::1%eth0]:8873/m/plex-current/", "daemon:[fe80::1%eth0]:8873/m")]
    [InlineData("rsync://nas/back%20ups/pl%65x%25", "rsync://nas:873/back ups/plex%/plex-current/", "daemon:nas:873/back ups/plex%")]
    [InlineData("u@nas::backups/a b%20", "rsync://u@nas:873/backups/a b%20/plex-current/", "daemon:nas:873/backups/a b%20")]
    [InlineData("nas::backups", "rsync://nas:873/backups/plex-current/", "daemon:nas:873/backups")]
    [InlineData("[::1]::backups", "rsync://[::1]:873/backups/plex-current/", "daemon:[::1]:873/backups")]
    [InlineData("ssh://u@nas:2222/volume1/my%20plex", "u@nas:/volume1/my plex/plex-current/", "ssh:nas:2222/volume1/my plex")]
    [InlineData("ssh://nas/", "nas:/plex-current/", "ssh:nas:22/")]
    [InlineData("u@nas:/volume1/p@x:y", "u@nas:/volume1/p@x:y/plex-current/", "ssh:nas:22/volume1/p@x:y")]
    [InlineData("u@[2001:db8::7]:/v", "u@[2001:db8::7]:/v/plex-current/", "ssh:[2001:db8::7]:22/v")]
    public void Should_read_every_spelling(string text, string location, string identity)
    {
        var target = Parse(text);
        Assert.Equal(location, target.Location("plex-current/"));
        Assert.Equal(identity, target.Identity);
    }

    [Fact]
    public void Should_read_the_home_folder() => Assert.Equal(Home + "/backups", Parse("~/backups").Display);

    [Fact]
    public void Should_be_the_same_place_for_another_user() =>
        Assert.Equal(Parse("rsync://a@NAS/m/p").Identity, Parse("b@nas::m/p/").Identity);

    [Theory]
    [InlineData("")]
    [InlineData("backups/plex")]
    [InlineData("rsync://")]
    [InlineData("rsync://nas")]
    [InlineData("rsync://nas/")]
    [InlineData("rsync://nas:0/m")]
    [InlineData("rsync://nas:99999/m")]
    [InlineData("rsync://nas:x/m")]
    [InlineData("rsync://::1/m")]
    [InlineData("rsync://@nas/m")]
    [InlineData("rsync://-oProxyCommand=x/m")]
    [InlineData("rsync://nas/m/a%2")]
    [InlineData("rsync://nas/m/a%0Ab")]
    [InlineData("rsync://nas/m/../n")]
    [InlineData("rsync://nas/m/%2e%2e/n")]
    [InlineData("rsync://nas/m/a*")]
    [InlineData("ssh://nas")]
    [InlineData("ssh://-oProxyCommand=x/p")]
    [InlineData("-oProxyCommand=x:/p")]
    [InlineData("-l@nas:/p")]
    [InlineData("u@nas:backups")]
    [InlineData("u@nas:/a[b]")]
    [InlineData("ftp://nas/x")]
    [InlineData("/a\nb")]
    public void Should_refuse_what_is_no_target(string text)
    {
        var error = Assert.Throws<RePlexOnException>(() => Parse(text));
        Assert.Equal("InvalidTarget", error.ErrorId);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.NotEmpty(error.Advice);
    }

    [Theory]
    [InlineData("rsync://user:{0}@nas/m")]
    [InlineData("ssh://user:{0}@nas:22/p")]
    [InlineData("user:{0}@nas:/p")]
    [InlineData("user:{0}@nas::m")]
    [InlineData("user:{0}@nas")]
    public void Should_never_repeat_a_password(string form)
    {
        var letters = Gen.Elements("aB9 /:@[]%#?*\\'".ToCharArray());
        Prop.ForAll(letters.ListOf().Select(l => "geh" + new string([.. l]) + "eim").ToArbitrary(), password =>
        {
            var error = Assert.Throws<RePlexOnException>(() => Parse(form.Replace("{0}", password, StringComparison.Ordinal)));
            Assert.DoesNotContain("geh", error.Message + error.Advice, StringComparison.Ordinal);
            Assert.DoesNotContain("eim", error.Message + error.Advice, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("rsync://user:geheim@nas/m")]
    [InlineData("rsync://user:ge/heim@nas/m")]
    [InlineData("ssh://user:geheim@nas/p")]
    [InlineData("user:geheim@nas:/p")]
    [InlineData("user:geheim@nas::m")]
    public void Should_say_where_a_password_belongs(string text) =>
        Assert.Contains("password", Assert.Throws<RePlexOnException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_keep_any_local_path()
    {
        var names = Gen.Elements("aé \"'*[]?\\$-:@%~#".ToCharArray()).NonEmptyListOf().Select(l => new string([.. l]).Trim());
        Prop.ForAll(names.Where(n => n.Length > 0).ToArbitrary(), name =>
            Assert.Equal($"/x/{name}/y", Parse($"/x/{name}").Location("y"))).QuickCheckThrowOnFailure();
    }

    private static BackupTarget Parse(string text) => BackupTarget.Parse(text, new TargetOptions());
}
