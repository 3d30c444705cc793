using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Snapshots;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A target whose file system is really full: what it holds stays whole, and a later run goes on.</summary>
public sealed class FullTargetTests(Places places) : IClassFixture<Places>
{
    private const string Filler = "filler";

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_end_for_want_of_room_while_files_are_sent_and_go_on_later(TargetKind kind)
    {
        using var disk = new SmallFileSystem(megabytes: 12);
        using var scene = new Scene(PlaceOn(disk, kind));
        await scene.BackUpWellAsync();
        string held = MirrorProof.Print(scene.Place.InMirror("Metadata"));
        string big = scene.InSource("Media/localhost/big");
        await File.WriteAllBytesAsync(big, new byte[20_000_000]);

        await ExpectNoRoomAsync(scene);
        Assert.Equal(held, MirrorProof.Print(scene.Place.InMirror("Metadata")));
        File.Delete(big);

        await scene.BackUpWellAsync();
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    public async Task Should_end_for_want_of_room_while_databases_are_sent_and_keep_the_old_ones(TargetKind kind)
    {
        using var disk = new SmallFileSystem(megabytes: 12);
        using var scene = new Scene(PlaceOn(disk, kind), rows: 2000);
        await scene.BackUpWellAsync();
        string database = scene.Place.InMirror("Plug-in Support/Databases/com.plexapp.plugins.library.db");
        byte[] before = await File.ReadAllBytesAsync(database);
        Fill(scene.Place, leave: 64 * 1024);
        await CommitAsync(scene);

        await ExpectNoRoomAsync(scene);
        Assert.Equal(before, await File.ReadAllBytesAsync(database));
        File.Delete(Path.Combine(scene.Place.Folder, Filler));

        await scene.BackUpWellAsync();
    }

    [Fact]
    public async Task Should_end_for_want_of_room_at_the_manifest_and_keep_the_old_one()
    {
        using var disk = new SmallFileSystem(megabytes: 12);
        using var scene = new Scene(PlaceOn(disk, TargetKind.Local));
        await scene.BackUpWellAsync();
        byte[] manifest = File.ReadAllBytes(scene.Place.InMirror(BackupManifest.RelativePath));
        Fill(scene.Place, leave: 0);

        await ExpectNoRoomAsync(scene);
        Assert.Equal(manifest, File.ReadAllBytes(scene.Place.InMirror(BackupManifest.RelativePath)));
        File.Delete(Path.Combine(scene.Place.Folder, Filler));

        Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
    }

    [Theory]
    [InlineData(TargetKind.Local, "in the middle of the snapshot")]
    [InlineData(TargetKind.Local, "at its manifest")]
    [InlineData(TargetKind.Daemon, "in the middle of the snapshot")]
    [InlineData(TargetKind.Daemon, "at its manifest")]
    public async Task Should_keep_the_last_whole_snapshot_where_there_is_no_room_for_another(TargetKind kind, string where)
    {
        using var disk = new SmallFileSystem(megabytes: 12, entries: 2000);
        using var scene = new Scene(PlaceOn(disk, kind));
        scene.Configure(others: ("retention", new { keepLast = 1, keepWeekly = 0 }));
        IReadOnlyList<BackupRun> first = await BackUpAsync(scene);
        Assert.All(first, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        string snapshots = Path.Combine(scene.Place.Folder, "plex-snapshots");
        string whole = Assert.Single(Directory.GetDirectories(snapshots));
        string held = MirrorProof.Print(whole);
        // Each link takes an entry here. Through a daemon the manifest's folder is not linked but made anew.
        int mirror = Directory.GetFileSystemEntries(scene.Place.Mirror, "*", SearchOption.AllDirectories).Length + 1;
        int needed = mirror - (kind == TargetKind.Local ? 0 : 2);
        TakeEntries(scene.Place, leave: where == "at its manifest" ? needed : needed / 2);

        IReadOnlyList<BackupRun> runs = await BackUpAsync(scene);

        Assert.Equal(
            [(RunKind.Mirror, null), (RunKind.Snapshot, "NoRoom")], runs.Select(run => (run.Kind, run.ErrorId)));
        Assert.Equal(held, MirrorProof.Print(whole));
        Assert.Equal([(SnapshotState.Whole, 1), (SnapshotState.Partial, 1)], (await ListAsync(scene)).CountBy(one => one.State)
            .Select(pair => (pair.Key, pair.Value)).Order());
        Directory.Delete(Path.Combine(scene.Place.Folder, Filler), recursive: true);

        // Within the second of the one before, its name would be of the next, and what is of the future cleans up nothing.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        IReadOnlyList<BackupRun> again = await BackUpAsync(scene);
        Assert.Equal([RunKind.Mirror, RunKind.Snapshot, RunKind.Prune], again.Select(run => run.Kind));
        Assert.All(again, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        Assert.False(Directory.Exists(whole));
    }

    private static Task<IReadOnlyList<BackupRun>> BackUpAsync(Scene scene) => new PlexBackup(TimeProvider.System).RunAsync(
        new MirrorOptions { ConfigurationPath = scene.ConfigurationPath }, SnapshotWish.Always);

    private static Task<IReadOnlyList<PlexSnapshot>> ListAsync(Scene scene) => new SnapshotCatalog(TimeProvider.System)
        .ListAsync(new ConfigurationStore().Load(scene.ConfigurationPath));

    private static void TakeEntries(Place place, int leave)
    {
        string filler = Directory.CreateDirectory(Path.Combine(place.Folder, Filler)).FullName;
        int free = int.Parse(Tests.Files.ScratchFolder.Must(null, "stat", "-f", "-c", "%d", place.Folder), CultureInfo.InvariantCulture);
        for (int i = leave; i < free; i++) File.Create(Path.Combine(filler, $"{i}")).Dispose();
    }

    private static async Task ExpectNoRoomAsync(Scene scene)
    {
        CommandResult result = await scene.CommandAsync("backup", "--json");

        Assert.True(result.ExitCode == (int)ExitCode.NoRoom, result.ToString());
        Assert.Equal("NoRoom", result.Run.GetProperty("errorId").GetString());
        Assert.Contains("No room is left on", result.Errors, StringComparison.Ordinal);
        BackupRun row = scene.History[0];
        Assert.Equal((RunStatus.Failed, "NoRoom", ExitCode.NoRoom), (row.Status, row.ErrorId, row.ExitCode));
    }

    private static async Task CommitAsync(Scene scene)
    {
        await using var writer = new Demo.SampleWriter(scene.Source, commitsPerSecond: 0);
        writer.Start();
        while (writer.CommitsDone < 50) await Task.Delay(10);
    }

    private static void Fill(Place place, long leave)
    {
        using FileStream filler = File.Create(Path.Combine(place.Folder, Filler));
        long room = new DriveInfo(place.Folder).AvailableFreeSpace - leave;
        byte[] block = new byte[4096];
        for (long written = 0; written + block.Length <= room; written += block.Length) filler.Write(block);
    }

    private Place PlaceOn(SmallFileSystem disk, TargetKind kind)
    {
        switch (kind)
        {
            case TargetKind.Daemon:
                string module = "small-" + Guid.NewGuid().ToString("N");
                places.Daemon.AddModule(module, disk.Path);
                return new(places.Daemon.UrlOf(module), disk.Path) { PasswordFile = places.Daemon.PasswordFile };
            case TargetKind.Ssh:
                return new(places.Ssh.UrlOf(disk.Path), disk.Path)
                {
                    IdentityFile = places.Ssh.IdentityFile, KnownHostsFile = places.Ssh.KnownHostsFile,
                };
            default:
                return new(disk.Path, disk.Path);
        }
    }
}
