using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
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

    private static async Task ExpectNoRoomAsync(Scene scene)
    {
        CommandResult result = await scene.CommandAsync("backup", "--json");

        Assert.True(result.ExitCode == (int)ExitCode.NoRoom, result.ToString());
        Assert.Equal("NoRoom", result.Json.GetProperty("errorId").GetString());
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
