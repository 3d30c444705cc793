using System.Text.Json;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>Backups of the configuration by the command line, on each kind of target.</summary>
public sealed class ConfigurationBackupTests(Places places) : IClassFixture<Places>
{
    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_come_back_as_they_were(TargetKind kind)
    {
        using var scene = new Scene(places.New(kind));
        await scene.BackUpWellAsync();
        byte[] before = File.ReadAllBytes(scene.ConfigurationPath);

        CommandResult plan = await scene.CommandAsync("config", "backup", "--dry-run");
        Assert.Contains("Nothing was sent.", plan.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(scene.Place.Folder, "config-backups")));
        CommandResult backup = await scene.CommandAsync("config", "backup", "--json");
        Assert.True(backup.ExitCode == 0, backup.ToString());
        Assert.Equal("ConfigBackup", backup.Json.GetProperty("kind").GetString());

        File.WriteAllText(scene.ConfigurationPath, "{ broken");
        Assert.Equal(2, (await scene.CommandAsync("config", "restore", "--state-dir", scene.State)).ExitCode);
        string[] target =
        [
            "--target", scene.Place.Url, .. scene.Place.PasswordFile is { } file ? ["--password-file", file] : Array.Empty<string>(),
            "--state-dir", scene.State,
        ];
        if (kind == TargetKind.Ssh) File.WriteAllText(scene.ConfigurationPath, JsonSerializer.Serialize(new
        {
            ssh = new { identityFile = scene.Place.IdentityFile, knownHostsFile = scene.Place.KnownHostsFile },
        }));
        CommandResult steps = await scene.CommandAsync(["config", "restore", "--dry-run", "--json", .. target]);
        Assert.True(steps.ExitCode == 0, steps.ToString());
        Assert.Equal("Replace", steps.Json[0].GetProperty("action").GetString());
        CommandResult restore = await scene.CommandAsync(["config", "restore", .. target]);

        Assert.True(restore.ExitCode == 0, restore.ToString());
        Assert.Equal(before, File.ReadAllBytes(scene.ConfigurationPath));
        Assert.Equal([RunKind.Restore, RunKind.Restore, RunKind.ConfigBackup, RunKind.Mirror], scene.History.Select(run => run.Kind));
        await scene.BackUpWellAsync();
    }

    [Fact]
    public async Task Should_warn_loudly_of_secrets_and_keep_them_private()
    {
        using var scene = new Scene(places.New(TargetKind.Daemon));

        CommandResult without = await scene.CommandAsync("config", "backup");
        Assert.True(without.ExitCode == 0, without.ToString());
        string secret = File.ReadAllText(scene.Place.PasswordFile!).Trim();
        Assert.Empty(Holding(secret));

        CommandResult with = await scene.CommandAsync("config", "backup", "--include-secret");

        Assert.StartsWith("Warning: passwords and keys go along", with.Errors, StringComparison.Ordinal);
        string copy = Assert.Single(Holding(secret));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.DoesNotContain(secret, with.Output + with.Errors, StringComparison.Ordinal);

        string[] Holding(string text) =>
        [
            .. Directory.GetFiles(Path.Combine(scene.Place.Folder, "config-backups"), "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal)),
        ];
    }

    [Fact]
    public async Task Should_hold_the_lines_and_units_that_start_it_and_no_others()
    {
        using var scene = new Scene(places.New(TargetKind.Local));
        Directory.CreateDirectory(scene.Place.Mirror);
        string back = scene.Beside("back");

        // In mounts of its own, where cron and systemd are as the test wants them.
        CommandResult result = await RunningCommand.StartProgram(
            [("REPLEXON_CONFIG", scene.ConfigurationPath)], "unshare", "--mount", "sh", "-ec", """
            mount -t tmpfs tmpfs /var/spool/cron/crontabs
            mkdir -p /etc/systemd/system /etc/cron.d
            mount -t tmpfs tmpfs /etc/systemd/system
            mount -t tmpfs tmpfs /etc/cron.d
            printf '%s\n' '15 3 * * * /opt/replexon backup --scheduled' '0 0 * * * /usr/bin/other --secret' '0 5 * * * pwsh -c Invoke-PlexBackup' | crontab -
            mkdir /etc/systemd/system/plex.service.d
            echo 'ExecStart=/opt/replexon backup' >/etc/systemd/system/plex.service.d/backup.conf
            echo '[Timer]' >/etc/systemd/system/replexon.timer
            echo '[Service]' >/etc/systemd/system/other.service
            echo '0 4 * * 0 root /opt/replexon snapshot prune' >/etc/cron.d/nightly
            "$0" config backup
            "$0" config restore --to "$1"
            """, RunningCommand.Program, back).EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            ["15 3 * * * /opt/replexon backup --scheduled", "0 5 * * * pwsh -c Invoke-PlexBackup"], File.ReadAllLines(Path.Combine(back, "crontab")));
        Assert.Equal(
            [
                "crontab", "files/etc/cron.d/nightly", "files/etc/systemd/system/plex.service.d/backup.conf",
                "files/etc/systemd/system/replexon.timer", "files" + scene.ConfigurationPath, "history.db",
            ],
            Directory.GetFiles(back, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(back, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_say_that_a_crontab_cannot_be_read()
    {
        using var scene = new Scene(places.New(TargetKind.Local));
        Directory.CreateDirectory(scene.Place.Mirror);

        // Not even root can read a link that leads to itself.
        CommandResult result = await RunningCommand.StartProgram(
            [("REPLEXON_CONFIG", scene.ConfigurationPath)], "unshare", "--mount", "sh", "-ec", """
            mount -t tmpfs tmpfs /var/spool/cron/crontabs
            ln -s "$(id -un)" "/var/spool/cron/crontabs/$(id -un)"
            exec "$0" config backup
            """, RunningCommand.Program).EndAsync();

        Assert.True(result.ExitCode == (int)ExitCode.Incomplete, result.ToString());
        Assert.Contains("lines of the crontab are not in this backup", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Warning, scene.History[0].Status);
    }
}
