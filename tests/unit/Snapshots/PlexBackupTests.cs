using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.Snapshots;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Snapshots;

/// <summary>Backups over some weeks: which of them makes a snapshot, and what goes then.</summary>
public sealed class PlexBackupTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly FixedTime _clock = new(new(2026, 11, 16, 3, 15, 0, TimeSpan.FromHours(1)));

    public PlexBackupTests()
    {
        SampleLibrary.Create(_scratch.At("Plex Media Server"), new SampleOptions { Files = 20, LibraryRows = 10 }, null, default);
        _scratch.Folder("nas");
        Configure();
    }

    private string Snapshots => _scratch.At("nas/plex-snapshots");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Should_make_the_week_s_snapshot_once_also_where_its_day_was_missed()
    {
        BackupRun[] first = await BackUpAsync();
        Assert.Equal([RunKind.Mirror, RunKind.Snapshot], first.Select(run => run.Kind));
        Assert.EndsWith("It was due: there was no whole one since Sunday 2026-11-15.", first[1].Message, StringComparison.Ordinal);

        for (int day = 17; day <= 21; day++)
        {
            BackupRun only = Assert.Single(await BackUpAsync(day));
            Assert.EndsWith("The snapshot 2026-11-16_031500 is of this week; the next is due on Sunday 2026-11-22.", only.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await BackUpAsync(24)).Length);
        Assert.Equal(["2026-11-16_031500", "2026-11-24_031500"], Names());
    }

    [Theory]
    [InlineData("partial")]
    [InlineData("of the first system")]
    [InlineData("of a later week")]
    [InlineData("of an earlier week")]
    public async Task Should_not_be_held_back_by_one_that_is_not_whole_or_of_another_week(string other)
    {
        await BackUpAsync(wish: SnapshotWish.Always);
        string made = Path.Combine(Snapshots, Assert.Single(Names()));
        switch (other)
        {
            case "partial": File.Delete(Path.Combine(made, BackupManifest.RelativePath)); break;
            case "of the first system":
                Directory.Delete(Path.Combine(made, BackupManifest.Folder), recursive: true);
                Directory.Move(made, Path.Combine(Snapshots, "2026-11-16"));
                break;
            case "of a later week": Rename("2026-11-16_031500", "2026-11-22_031500"); break;
            default: Rename("2026-11-16_031500", "2026-11-14_235959"); break;
        }

        Assert.Contains(await BackUpAsync(17), run => run.Kind == RunKind.Snapshot);
    }

    [Theory]
    [InlineData("Daily", 17, true)]
    [InlineData("Daily", 16, false)]
    [InlineData("Tuesday", 17, true)]
    [InlineData("Never", 30, false)]
    public async Task Should_go_by_the_setting(string on, int day, bool isMade)
    {
        await BackUpAsync(wish: SnapshotWish.Always);
        Configure(on);

        Assert.Equal(isMade ? 2 : 1, (await BackUpAsync(day)).Length);
    }

    [Fact]
    public async Task Should_do_what_is_asked_for_whether_one_is_due_or_not()
    {
        Assert.Single(await BackUpAsync(wish: SnapshotWish.Never));
        Assert.Equal(2, (await BackUpAsync()).Length);
        BackupRun[] asked = await BackUpAsync(17, SnapshotWish.Always);
        Assert.Equal([RunKind.Mirror, RunKind.Snapshot], asked.Select(run => run.Kind));
        Assert.DoesNotContain("due", asked[1].Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_beforehand_what_it_would_do_and_do_nothing()
    {
        Assert.Equal("A snapshot would be made. It was due: there was no whole one since Sunday 2026-11-15.", await PlanAsync(SnapshotWish.WhenDue));
        Assert.Equal("A snapshot would be made.", await PlanAsync(SnapshotWish.Always));
        Assert.Equal("No snapshot would be made.", await PlanAsync(SnapshotWish.Never));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.At("nas")));

        async Task<string> PlanAsync(SnapshotWish wish) => (await new PlexBackup(_clock).PlanAsync(Options(), wish)).Snapshot;
    }

    [Fact]
    public async Task Should_remove_what_no_rule_keeps_and_record_that_only_where_something_goes()
    {
        Configure("Daily", ("retention", new { keepWeekly = 0, keepLast = 2 }));
        Assert.Equal(2, (await BackUpAsync(16)).Length);
        Directory.CreateDirectory(Path.Combine(Snapshots, "2026-11-17_000000"));
        Assert.Equal(2, (await BackUpAsync(17)).Length);

        BackupRun[] third = await BackUpAsync(18);

        Assert.Equal([RunKind.Mirror, RunKind.Snapshot, RunKind.Prune], third.Select(run => run.Kind));
        Assert.Equal("Snapshots removed: 2 (2026-11-16_031500, 2026-11-17_000000). 2 are kept.", third[2].Message);
        Assert.Equal(["2026-11-17_031500", "2026-11-18_031500"], Names());
        Assert.Single(await BackUpAsync(18));
    }

    [Fact]
    public async Task Should_make_no_snapshot_of_a_mirror_that_another_run_has_begun_to_change_and_remove_none_then()
    {
        await BackUpAsync(16, SnapshotWish.Always);
        await BackUpAsync(17, SnapshotWish.Always);
        string[] before = Names();
        Configure("Daily", ("retention", new { keepWeekly = 0, keepLast = 1 }));
        string manifest = _scratch.At("nas/plex-current/.replexon/manifest.json");
        var clock = new ClockWith(() => File.WriteAllText(
            manifest, File.ReadAllText(manifest).Replace("\"complete\": true", "\"complete\": false", StringComparison.Ordinal)));

        IReadOnlyList<BackupRun> runs = await new PlexBackup(clock).RunAsync(Options(), SnapshotWish.Always);

        Assert.Equal([(RunKind.Mirror, null), (RunKind.Snapshot, "MirrorChanged")], runs.Select(run => (run.Kind, run.ErrorId)));
        Assert.Equal(before, Names());
    }

    private MirrorOptions Options() => new() { ConfigurationPath = _scratch.At("replexon.json") };

    private async Task<BackupRun[]> BackUpAsync(int day = 16, SnapshotWish wish = SnapshotWish.WhenDue)
    {
        _clock.Now = new(2026, 11, day, 3, 15, 0, _clock.Now.Offset);
        BackupRun[] runs = [.. await new PlexBackup(_clock).RunAsync(Options(), wish)];
        Assert.Equal(RunStatus.Succeeded, runs[0].Status);
        return runs;
    }

    private void Rename(string name, string other)
    {
        Directory.Move(Path.Combine(Snapshots, name), Path.Combine(Snapshots, other));
        string manifest = Path.Combine(Snapshots, other, BackupManifest.RelativePath);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(name, other, StringComparison.Ordinal));
    }

    private string[] Names() => [.. Directory.GetDirectories(Snapshots).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void Configure(string? on = null, params ReadOnlySpan<(string Key, object Value)> others)
    {
        var settings = new Dictionary<string, object?>
        {
            ["source"] = _scratch.At("Plex Media Server"), ["target"] = _scratch.At("nas"), ["stateDirectory"] = _scratch.At("state"),
            ["snapshots"] = new Dictionary<string, object?> { ["on"] = on },
        };
        foreach ((string key, object value) in others) settings[key] = value;
        _scratch.File("replexon.json", JsonSerializer.Serialize(settings));
    }

    /// <summary>A clock that something happens with whenever it is looked at.</summary>
    private sealed class ClockWith(Action happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            happens();
            return base.GetUtcNow();
        }
    }
}
