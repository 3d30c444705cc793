using RePlexOn.Schedules;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Schedules;

/// <summary>Schedules put in and taken out, in a real crontab and a file as in /etc/cron.d.</summary>
public sealed class ScheduleBookTests : IDisposable
{
    private const string Existing =
        "# mine\nMAILTO=\"me@example.org\"\n\n0 1 * * * /home/me/other job 50\\% \n@daily /bin/true\t# x\n\n";

    private readonly ScratchUser _user = new();
    private readonly ScratchFolder _folder = new();
    private readonly FixedTime _time = new(new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.FromHours(1)));

    private string CronD => _folder.At("cron.d/replexon");

    private string Configuration => _folder.At("replexon.json");

    private ScheduleBook Book => new(
        _time, [new CrontabHome(new UserCrontab(_user.Name)), new CrontabHome(new CronDFile(CronD))], [new UserCrontab(_user.Name)]);

    [Fact]
    public async Task Should_leave_the_rest_of_a_crontab_as_it_was()
    {
        Assert.Equal(0, _user.Install(Existing).ExitCode);

        ScheduleChange added = await Book.RegisterAsync(Options(ScheduleJob.Mirror), CancellationToken.None);
        await Book.RegisterAsync(Options(ScheduleJob.Prune), CancellationToken.None);
        string with = _user.Crontab("-l").Output;
        ScheduleChange changed = await Book.RegisterAsync(Options(ScheduleJob.Mirror, "5 2 * * *"), CancellationToken.None);

        Assert.Equal((ScheduleChangeKind.Added, ScheduleChangeKind.Changed), (added.Kind, changed.Kind));
        Assert.Equal("0 3 * * *", changed.Before!.Expression);
        Assert.StartsWith(Existing, with, StringComparison.Ordinal);
        Assert.Contains($"0 3 * * * /bin/true backup --scheduled --config {Configuration} > /dev/null\n", with, StringComparison.Ordinal);
        Assert.Equal(with.Replace("0 3 * * *", "5 2 * * *", StringComparison.Ordinal), _user.Crontab("-l").Output);

        await Book.UnregisterAsync(ScheduleJob.Mirror, Configuration, dryRun: false, CancellationToken.None);
        await Book.UnregisterAsync(ScheduleJob.Prune, Configuration, dryRun: false, CancellationToken.None);
        Assert.Equal(Existing, _user.Crontab("-l").Output);
    }

    [Fact]
    public async Task Should_change_nothing_when_registered_twice()
    {
        await Book.RegisterAsync(Options(ScheduleJob.Check), CancellationToken.None);
        string once = _user.Crontab("-l").Output;
        _time.Now = _time.Now.AddDays(1);

        ScheduleChange again = await Book.RegisterAsync(Options(ScheduleJob.Check), CancellationToken.None);

        Assert.Equal(ScheduleChangeKind.Unchanged, again.Kind);
        Assert.Equal(_time.Now.AddDays(-1), again.Schedule.Since);
        Assert.Equal(once, _user.Crontab("-l").Output);
    }

    [Fact]
    public async Task Should_leave_no_crontab_where_there_was_none()
    {
        await Book.RegisterAsync(Options(ScheduleJob.Mirror), CancellationToken.None);
        await Book.UnregisterAsync(ScheduleJob.Mirror, Configuration, dryRun: false, CancellationToken.None);

        Assert.Contains("no crontab for", _user.Crontab("-l").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_move_when_another_place_is_asked_for()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(CronD)!);
        await Book.RegisterAsync(Options(ScheduleJob.Mirror), CancellationToken.None);

        ScheduleChange moved = await Book.RegisterAsync(
            Options(ScheduleJob.Mirror) with { Place = SchedulePlace.CronD }, CancellationToken.None);

        Assert.Equal((ScheduleChangeKind.Changed, SchedulePlace.Crontab), (moved.Kind, moved.Before!.Place));
        Assert.Equal(SchedulePlace.CronD, Assert.Single(await Book.ListAsync(CancellationToken.None)).Place);
        Assert.Contains("0 3 * * * root /bin/true backup", File.ReadAllText(CronD), StringComparison.Ordinal);
        Assert.Equal("-rw-r--r--", ScratchUser.Run("stat", "-c", "%A", CronD).Output.Trim());

        await Book.UnregisterAsync(ScheduleJob.Mirror, Configuration, dryRun: false, CancellationToken.None);
        Assert.False(File.Exists(CronD));
    }

    [Fact]
    public async Task Should_only_say_what_it_would_do()
    {
        Assert.Equal(0, _user.Install(Existing).ExitCode);

        ScheduleChange plan = await Book.RegisterAsync(Options(ScheduleJob.Mirror) with { DryRun = true }, CancellationToken.None);

        Assert.Equal((ScheduleChangeKind.Added, "Every day at 03:00"), (plan.Kind, plan.Schedule.Description));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.FromHours(1)), plan.Schedule.Next);
        Assert.Equal(Existing, _user.Crontab("-l").Output);
    }

    [Fact]
    public async Task Should_show_the_first_systems_lines_and_leave_them_alone()
    {
        const string Old = "0 3 * * * /usr/local/bin/backup-plex.sh >> /var/log/plex-backup.log 2>&1\n"
            + "0 4 * * 0 \"/usr/local/bin/cleanup-plex-snapshots.sh\" >> /var/log/plex-backup.log 2>&1\n"
            + "0 5 1 * * bash /opt/backup-scripts.sh\n#0 9 * * * /usr/local/bin/backup-plex.sh\n0 9 * * * vi not-backup-plex.sh\n";
        Assert.Equal(0, _user.Install(Old).ExitCode);

        IReadOnlyList<BackupSchedule> list = await Book.ListAsync(CancellationToken.None);

        Assert.Equal([ScheduleJob.Mirror, ScheduleJob.Prune, ScheduleJob.ConfigBackup], list.Select(one => one.Job));
        Assert.All(list, one => Assert.True(one.IsLegacy));
        Assert.Contains("replexon schedule add mirror '0 3 * * *'", list[0].Offer, StringComparison.Ordinal);

        await Book.RegisterAsync(Options(ScheduleJob.Mirror), CancellationToken.None);
        Assert.StartsWith(Old, _user.Crontab("-l").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_schedules_of_several_configurations_apart()
    {
        await Book.RegisterAsync(Options(ScheduleJob.Mirror), CancellationToken.None);
        await Book.RegisterAsync(Options(ScheduleJob.Mirror) with { ConfigurationPath = "/srv/it's 100%.json" }, CancellationToken.None);

        Assert.Equal([Configuration, "/srv/it's 100%.json"], (await Book.ListAsync(CancellationToken.None)).Select(one => one.ConfigurationPath));
        await Book.UnregisterAsync(ScheduleJob.Mirror, Configuration, dryRun: false, CancellationToken.None);
        Assert.Equal("/srv/it's 100%.json", Assert.Single(await Book.ListAsync(CancellationToken.None)).ConfigurationPath);
    }

    [Theory]
    [InlineData("0 0 30 2 *", "ScheduleNeverDue")]
    [InlineData("0 25 * * *", "CronExpressionInvalid")]
    public async Task Should_refuse_and_change_nothing(string when, string errorId)
    {
        var trouble = await Assert.ThrowsAsync<RePlexOnException>(
            () => Book.RegisterAsync(Options(ScheduleJob.Mirror, when), CancellationToken.None));

        Assert.Equal(errorId, trouble.ErrorId);
        Assert.Empty(await Book.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Should_say_that_there_is_none_to_take_away() => Assert.Equal(
        "ScheduleNotFound",
        (await Assert.ThrowsAsync<RePlexOnException>(
            () => Book.UnregisterAsync(ScheduleJob.Mirror, Configuration, dryRun: false, CancellationToken.None))).ErrorId);

    public void Dispose()
    {
        _user.Dispose();
        _folder.Dispose();
    }

    private ScheduleOptions Options(ScheduleJob job, string? when = null) => new()
    {
        Job = job, Expression = when, ConfigurationPath = Configuration, Program = "/bin/true",
    };
}
