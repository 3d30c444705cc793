using RePlexOn.Setup;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Setup;

public sealed class FirstSystemReaderTests : IDisposable
{
    private readonly ScratchFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    private FirstSystemSettings? Read() => new FirstSystemReader(_machine.Path).Read();

    [Fact]
    public void Should_find_no_trace_on_a_machine_without_it() => Assert.Null(Read());

    [Theory]
    [InlineData("NAS_IP=\"10.0.0.2\"\nRSYNC_USER=\"backupuser\"\nRSYNC_MODULE=\"plex-backups\"", "rsync://backupuser@10.0.0.2/plex-backups")]
    [InlineData("NAS_IP=10.0.0.2 # the NAS\r\nexport RSYNC_MODULE='my module'\r\n", "rsync://10.0.0.2/my%20module")]
    [InlineData("NAS_IP=\"$(cat /etc/nas)\"\nRSYNC_MODULE=\"plex\"", null)]
    [InlineData("NAS_IP=10.0.0.2\nRSYNC_MODULE=\"$MODULE\"", null)]
    [InlineData("NAS_IP=\"10.0.0.2 -e evil\"\nRSYNC_MODULE=\"plex\"", null)]
    [InlineData("# NAS_IP=\"10.0.0.2\"\nRSYNC_MODULE=\"plex\"", null)]
    [InlineData("", null)]
    public void Should_read_the_target_from_the_script(string script, string? target)
    {
        _machine.File("usr/local/bin/backup-plex.sh", $"#!/bin/bash\n{script}\n");

        Assert.Equal(target, Read()!.Target);
    }

    [Fact]
    public void Should_follow_its_environment_file_to_its_script()
    {
        _machine.File("opt/replexon/.env", "SECRET_KEY=not-to-be-read-out\nBACKUP_SCRIPT_PATH=/srv/scripts/backup.sh\nBACKUP_DESTINATION=rsync://shown@nas/shown\n");
        _machine.File("srv/scripts/backup.sh", "PLEX_DATA=\"/srv/Plex Media Server\"\nRSYNC_PASSWORD_FILE=/etc/replexon/rsync.secret\nEMAIL_ON_FAILURE=\"me@example.org\"\n");
        _machine.File("srv/scripts/cleanup-plex-snapshots.sh", "KEEP_COUNT=12\n");
        _machine.File("etc/replexon/rsync.secret");
        _machine.Folder("srv/Plex Media Server");

        FirstSystemSettings found = Read()!;

        Assert.Equal(_machine.At("srv/Plex Media Server"), found.Source);
        Assert.Equal("rsync://shown@nas/shown", found.Target);
        Assert.Equal(_machine.At("etc/replexon/rsync.secret"), found.PasswordFile);
        Assert.Equal((12, "me@example.org"), (found.KeepWeekly, found.MailTo));
        Assert.Equal(3, found.ReadFrom.Count);
        Assert.DoesNotContain("not-to-be-read-out", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_no_folder_that_is_not_there()
    {
        _machine.File("usr/local/bin/backup-plex.sh", "PLEX_DATA=/gone\nRSYNC_PASSWORD_FILE=/gone.secret\n");

        Assert.Equal((null, null), (Read()!.Source, Read()!.PasswordFile));
    }

    [Fact]
    public void Should_take_no_target_with_a_password_in_it()
    {
        _machine.File("opt/replexon/.env", "BACKUP_DESTINATION=rsync://user:hunter2@nas/plex\n");

        Assert.Null(Read()!.Target);
    }
}
