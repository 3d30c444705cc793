using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

public sealed class Fail2banReaderTests : IDisposable
{
    private readonly ScratchFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Should_say_that_it_is_not_installed() => Assert.False(Read().IsInstalled);

    [Fact]
    public void Should_find_the_jail_and_its_log()
    {
        _root.File("var/lib/plex/Library/Application Support/Plex Media Server/Logs/Plex Media Server.log");
        _root.File("etc/fail2ban/jail.conf", "[DEFAULT]\nenabled = false\nlogpath = /var/log/auth.log\n[sshd]\nport = ssh\n");
        _root.File("etc/fail2ban/jail.d/plex.conf", """
            # a comment
            [plexmediaserver]
            enabled = true
            filter  = plex
            logpath = /var/lib/plex/Library/Application?Support/Plex?Media?Server/Logs/Plex?Media?Server.log
                      /var/lib/plex/Library/*/Plex?Media?Server/Logs/*.log
            """);

        Fail2banView view = Read();

        Fail2banJail jail = Assert.Single(view.Jails);
        Assert.Equal(("plexmediaserver", 2, false), (jail.Name, jail.LogsFound, view.IsRunning));
    }

    [Fact]
    public void Should_see_that_spaces_hide_the_log()
    {
        _root.File("var/lib/Plex Media Server/Logs/Plex Media Server.log");
        _root.File("etc/fail2ban/jail.local", "[plex]\nenabled = true\nlogpath = /var/lib/Plex Media Server/Logs/Plex Media Server.log\n");

        Assert.Equal(0, Assert.Single(Read().Jails).LogsFound);
    }

    [Fact]
    public void Should_let_later_files_win()
    {
        _root.File("etc/fail2ban/jail.d/plex.conf", "[plex]\nenabled = true\n");
        _root.File("etc/fail2ban/jail.local", "[plex]\nenabled = false\n");

        Assert.Empty(Read().Jails);
        _root.File("etc/fail2ban/jail.d/zz.local", "[plex]\nenabled = yes\n");
        Assert.Single(Read().Jails);
    }

    [Fact]
    public void Should_tell_whether_it_runs()
    {
        _root.File("etc/fail2ban/jail.conf", "");
        _root.File("run/fail2ban/fail2ban.pid", "4711\n");
        Assert.False(Read().IsRunning);
        _root.Folder("proc/4711");
        Assert.True(Read().IsRunning);
    }

    private Fail2banView Read() => new Fail2banReader(_root.Path).Read();
}
