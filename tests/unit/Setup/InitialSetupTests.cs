using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.Schedules;
using RePlexOn.Setup;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Setup;

public sealed class InitialSetupTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _source;
    private readonly string _configuration;

    public InitialSetupTests()
    {
        _source = _scratch.At("Plex Media Server");
        _configuration = _scratch.At("etc/replexon.json");
        _scratch.Folder("cron.d");
        _scratch.Folder("machine");
        SampleLibrary.Create(_source, new SampleOptions { Files = 20, LibraryRows = 20 }, null, default);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Should_write_a_configuration_that_passes_its_own_test()
    {
        SetupResult result = await Setup.RunAsync(Options(_scratch.Folder("nas")) with { MailTo = "me@example.org" }, null, default);
        Assert.True(result.Created);
        Assert.All(result.Checks, check => Assert.Equal(CheckStatus.Pass, check.Status));
        RePlexOnConfiguration loaded = new ConfigurationStore().Load(_configuration);
        Assert.Equal((_source, _scratch.At("nas")), (loaded.Source, loaded.Target));
        Assert.Equal(["me@example.org"], loaded.Mail.To);
    }

    [Fact]
    public async Task Should_keep_what_is_set_when_run_again()
    {
        await SetUpAsync(_scratch.Folder("nas"));
        new ConfigurationStore().Set(_configuration, new Dictionary<string, object?> { ["backup.maxShrinkPercent"] = 7 });
        string before = await File.ReadAllTextAsync(_configuration);
        SetupResult again = await SetUpAsync(target: null);
        Assert.False(again.Created);
        Assert.Equal(before, await File.ReadAllTextAsync(_configuration));

        SetupResult moved = await SetUpAsync(_scratch.Folder("nas2"));
        Assert.Equal(_scratch.At("nas2"), moved.Target);
        Assert.Equal(7, new ConfigurationStore().Load(_configuration).Backup.MaxShrinkPercent);
    }

    [Fact]
    public async Task Should_keep_the_password_in_a_file_of_its_owner_alone_and_nowhere_else()
    {
        const string password = "correct horse battery staple";
        SetupResult result = await Setup.RunAsync(Options("rsync://user@127.0.0.1:1/module") with
        {
            Password = password, SkipTargetTest = true,
        }, null, default);
        Assert.Equal(password + "\n", await File.ReadAllTextAsync(result.PasswordFile!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(result.PasswordFile!));
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(_configuration), StringComparison.Ordinal);
        Assert.DoesNotContain(password, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_each_trouble_by_itself()
    {
        SetupResult result = await Setup.RunAsync(
            Options("/nowhere/at all") with { Values = Options("/nowhere/at all").Values with { Source = _scratch.Folder("empty") } }, null, default);
        Check[] failed = [.. result.Checks.Where(check => check.Status == CheckStatus.Fail)];
        Assert.Equal(["RPX-CFG-002", "RPX-CFG-005"], failed.Select(check => check.Id));
        Assert.All(failed, check => Assert.NotEmpty(check.Remediation));
    }

    [Fact]
    public async Task Should_change_nothing_when_what_is_given_is_not_valid()
    {
        await SetUpAsync(_scratch.Folder("nas"));
        string before = await File.ReadAllTextAsync(_configuration);
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SetUpAsync("rsync://user:secret@nas/module"));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain("secret", error.Message + error.Advice, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_configuration));
    }

    [Fact]
    public async Task Should_have_jobs_run_by_themselves_once()
    {
        string nas = _scratch.Folder("nas");
        SetupOptions options = Options(nas) with { Schedules = [ScheduleJob.Mirror, ScheduleJob.Check], Program = "/bin/true" };

        SetupResult first = await Setup.RunAsync(options, null, default);
        string crontab = await File.ReadAllTextAsync(_scratch.At("cron.d/replexon"));
        SetupResult second = await Setup.RunAsync(options, null, default);

        Assert.Equal([SetupAction.Added, SetupAction.Added, SetupAction.Added], first.Steps.Select(step => step.Action));
        Assert.Equal([SetupAction.Unchanged, SetupAction.Unchanged, SetupAction.Unchanged], second.Steps.Select(step => step.Action));
        Assert.Equal(crontab, await File.ReadAllTextAsync(_scratch.At("cron.d/replexon")));
    }

    [Fact]
    public async Task Should_keep_the_times_that_the_user_gave_a_schedule()
    {
        await Setup.RunAsync(Options(_scratch.Folder("nas")) with { Schedules = [ScheduleJob.Mirror], Program = "/bin/true" }, null, default);
        await Schedules.RegisterAsync(
            new ScheduleOptions { Job = ScheduleJob.Mirror, Expression = "7 7 * * *", ConfigurationPath = _configuration, Program = "/bin/true" }, default);
        await Setup.RunAsync(Options(null) with { Schedules = [ScheduleJob.Mirror], Program = "/bin/true" }, null, default);
        Assert.Equal("7 7 * * *", Assert.Single(await Schedules.ListAsync(default)).Expression);
    }

    [Fact]
    public async Task Should_change_nothing_where_it_only_says_what_it_would_do()
    {
        string[] before = Tree();
        SetupResult result = await Setup.RunAsync(
            Options("/nas") with { Password = "secret", Schedules = [ScheduleJob.Mirror], Program = "/bin/true", DryRun = true }, null, default);
        Assert.Equal(["configuration", "secret", "schedule of mirror"], result.Steps.Select(step => step.What));
        Assert.Empty(result.Checks);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public async Task Should_take_back_all_that_it_made_and_nothing_else()
    {
        string nas = _scratch.Folder("nas");
        await File.WriteAllTextAsync(_scratch.At("cron.d/replexon"), "# mine\n0 1 * * * root /bin/true\n");
        string[] before = Tree();
        await Setup.RunAsync(
            Options(nas) with { Password = "secret", Schedules = [ScheduleJob.Mirror, ScheduleJob.Verify], Program = "/bin/true" }, null, default);
        string[] with = Tree();
        var removal = new SetupRemoval(TimeProvider.System, Schedules);
        var purge = new SetupRemovalOptions { ConfigurationPath = _configuration, StateDirectory = _scratch.At("state"), Purge = true };

        IReadOnlyList<SetupStep> planned = await removal.RunAsync(purge with { DryRun = true }, default);
        Assert.Equal(with, Tree());
        IReadOnlyList<SetupStep> kept = await removal.RunAsync(purge with { Purge = false }, default);
        Assert.Equal(2, kept.Count(step => step.Action == SetupAction.Removed));
        Assert.True(File.Exists(_configuration));
        await removal.RunAsync(purge, default);

        Assert.Equal(before, Tree());
        Assert.Contains(planned, step => step is { Action: SetupAction.Removed, What: "history" });
        Assert.Empty(await removal.RunAsync(purge, default));
    }

    [Fact]
    public async Task Should_leave_a_configuration_and_a_secret_that_were_there_before()
    {
        string secret = _scratch.File("etc/rsync.secret", "old\n");
        new ConfigurationStore().Create(_configuration, new Dictionary<string, object?> { ["stateDirectory"] = _scratch.At("state") });
        await Setup.RunAsync(Options("rsync://user@127.0.0.1:1/module") with { Password = "new", SkipTargetTest = true }, null, default);

        await new SetupRemoval(TimeProvider.System, Schedules).RunAsync(new SetupRemovalOptions { ConfigurationPath = _configuration, Purge = true }, default);

        Assert.True(File.Exists(_configuration));
        Assert.True(File.Exists(secret));
    }

    [Fact]
    public async Task Should_not_remove_a_history_that_a_run_is_writing()
    {
        await SetUpAsync(_scratch.Folder("nas"));
        using var held = RunLock.Acquire(_scratch.At("state"), "Mirror", TimeProvider.System, TimeSpan.Zero);
        var refusal = await Assert.ThrowsAsync<RePlexOnException>(() => new SetupRemoval(TimeProvider.System, Schedules)
            .RunAsync(new SetupRemovalOptions { ConfigurationPath = _configuration, Purge = true }, default));
        Assert.Equal(ExitCode.Locked, refusal.ExitCode);
        Assert.True(File.Exists(_configuration));
    }

    [Fact]
    public async Task Should_take_over_what_the_first_system_was_set_to()
    {
        string source = _scratch.At("machine/plex");
        SampleLibrary.Create(source, new SampleOptions { Files = 5, LibraryRows = 5 }, null, default);
        _scratch.File("machine/usr/local/bin/backup-plex.sh", "PLEX_DATA=\"/plex\"\nNAS_IP='127.0.0.1'\nRSYNC_USER=me\nRSYNC_MODULE=\"plex-backups\"\n");
        _scratch.File("machine/usr/local/bin/cleanup-plex-snapshots.sh", "KEEP_COUNT=8  # weeks\n");
        _scratch.File("crontab", "0 2 * * * root /usr/local/bin/backup-plex.sh >> /var/log/plex-backup.log 2>&1\n");
        SetupOptions options = new()
        {
            ConfigurationPath = _configuration, Values = new ConfigurationOverrides { StateDirectory = _scratch.At("state") },
            SkipTargetTest = true, Schedules = [ScheduleJob.Mirror], Program = "/bin/true",
        };

        SetupResult result = await Setup.RunAsync(options, null, default);

        RePlexOnConfiguration loaded = new ConfigurationStore().Load(_configuration);
        Assert.Equal((source, "rsync://me@127.0.0.1/plex-backups", 8), (loaded.Source, loaded.Target, loaded.Retention.KeepWeekly));
        Assert.Equal("0 2 * * *", (await Schedules.ListAsync(default)).First(one => !one.IsLegacy).Expression);
        Assert.Equal(3, result.Steps.Count(step => step.Action == SetupAction.TakenOver));
        Assert.Contains(result.Steps, step => step is { Action: SetupAction.Kept } && step.Where.Contains("backup-plex.sh", StringComparison.Ordinal));
        SetupResult without = await Setup.RunAsync(
            options with { ConfigurationPath = _scratch.At("other.json"), IgnoreFirstSystem = true, Schedules = [] }, null, default);
        Assert.Null(without.Target);
    }

    private string[] Tree() =>
    [
        .. Directory.EnumerateFileSystemEntries(_scratch.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetUnixFileMode(path)} {(File.Exists(path) ? File.ReadAllText(path).GetHashCode(StringComparison.Ordinal) : 0)}"),
    ];

    private ScheduleBook Schedules => new(
        TimeProvider.System, [new CrontabHome(new CronDFile(_scratch.At("cron.d/replexon")))], [new CronDFile(_scratch.At("crontab"))]);

    private InitialSetup Setup => new(Schedules, new SetupSurvey(_scratch.At("machine")));

    private Task<SetupResult> SetUpAsync(string? target) => Setup.RunAsync(Options(target), null, default);

    private SetupOptions Options(string? target) => new()
    {
        ConfigurationPath = _configuration,
        Values = new ConfigurationOverrides { Source = _source, Target = target, StateDirectory = _scratch.At("state") },
    };
}
