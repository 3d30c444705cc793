using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Plex.Databases;
using RePlexOn.Restore;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>What a restore refuses, it refuses before anything is replaced.</summary>
public sealed class RestoreRefusalTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_refuse_a_folder_that_holds_something()
    {
        using Scene scene = await BackedUpAsync();
        Directory.CreateDirectory(scene.Beside("full"));
        await File.WriteAllTextAsync(scene.Beside("full/mine"), "mine");
        await File.WriteAllTextAsync(scene.Beside("file"), "mine");

        await RefusesAsync(scene, "DestinationNotEmpty", scene.Beside("full"));
        await RefusesAsync(scene, "DestinationNotFolder", scene.Beside("file"));
        await RefusesAsync(scene, "DestinationInTarget", Path.Combine(scene.Place.Folder, "out"));
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(scene.Beside("full")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Should_refuse_the_settings_of_another_server_unless_forced()
    {
        using Scene scene = await BackedUpAsync();
        string preferences = scene.InSource("Preferences.xml");
        await File.WriteAllTextAsync(preferences, """<Preferences ProcessedMachineIdentifier="another"/>""");

        await RefusesInPlaceAsync(scene, "OtherServer");
        await scene.RestoreWellAsync(with: options => options with { Parts = ["Metadata"] });
        Assert.Contains("another", await File.ReadAllTextAsync(preferences), StringComparison.Ordinal);

        await scene.RestoreWellAsync(with: options => options with { Force = true });
        Assert.DoesNotContain("another", await File.ReadAllTextAsync(preferences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_the_settings_of_another_server_where_no_manifest_names_it()
    {
        using Scene scene = await BackedUpAsync();
        Directory.CreateDirectory(Path.Combine(scene.Place.Folder, "plex-snapshots"));
        Directory.Move(scene.Place.Mirror, Path.Combine(scene.Place.Folder, "plex-snapshots/2025-02-23"));
        Directory.Delete(Path.Combine(scene.Place.Folder, "plex-snapshots/2025-02-23/.replexon"), recursive: true);
        await File.WriteAllTextAsync(scene.InSource("Preferences.xml"), """<Preferences ProcessedMachineIdentifier="another"/>""");

        await RefusesInPlaceAsync(scene, "OtherServer", options => options with { Name = "2025-02-23" });
        await scene.RestoreWellAsync(scene.Beside("first"), options => options with { Name = "2025-02-23" });
        Assert.True(File.Exists(Path.Combine(scene.Beside("first"), PlexDatabaseFiles.LibraryRelativePath)));
    }

    [Fact]
    public async Task Should_refuse_a_backup_that_is_not_whole_unless_forced()
    {
        using Scene scene = await BackedUpAsync();
        string manifest = scene.Place.InMirror(BackupManifest.RelativePath);
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"complete\": true", "\"complete\": false", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(scene.Place.Folder, "plex-snapshots/2025-02-23_040000/Media"));

        await RefusesInPlaceAsync(scene, "BackupNotWhole");
        await RefusesInPlaceAsync(scene, "BackupNotWhole", options => options with { Name = "2025-02-23_040000" });
        await RefusesInPlaceAsync(scene, "SnapshotNotFound", options => options with { Name = "2025-02-24_040000" });
        await RefusesInPlaceAsync(scene, "SnapshotNotFound", options => options with { Name = "../plex-current" });

        BackupRun forced = await scene.RestoreAsync(scene.Beside("forced"), options => options with { Force = true });
        Assert.Equal((RunStatus.Warning, ExitCode.Incomplete), (forced.Status, forced.ExitCode));
    }

    [Theory]
    [InlineData(false, "is not the file that was backed up")]
    [InlineData(true, "is missing")]
    public async Task Should_not_put_a_bad_database_in_the_place_of_any(bool missing, string said)
    {
        using Scene scene = await BackedUpAsync();
        string library = scene.Place.InMirror(PlexDatabaseFiles.LibraryRelativePath);
        byte[] content = await File.ReadAllBytesAsync(library);
        content[^100] ^= 1;
        File.Delete(library);
        if (!missing) await File.WriteAllBytesAsync(library, content);

        BackupRun run = await RefusesInPlaceAsync(scene, "FetchedDatabaseBad");

        Assert.Equal(ExitCode.VerificationFailed, run.ExitCode);
        Assert.Contains(said, run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_part_that_the_backup_has_not()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Delete(scene.Place.InMirror("Media"), recursive: true);

        await RefusesInPlaceAsync(scene, "PartNotInBackup", options => options with { Parts = ["Media"] });
        await RefusesInPlaceAsync(scene, "PartUnknown", options => options with { Parts = ["Cache"] });
    }

    [Fact]
    public async Task Should_refuse_a_data_directory_that_looks_unmounted_unless_forced()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Move(scene.Source, scene.Beside("elsewhere"));
        Assert.Equal("DataDirectoryMissing", (await scene.RestoreAsync()).ErrorId);
        Directory.CreateDirectory(scene.Source);
        Assert.Equal("DataDirectoryEmpty", (await scene.RestoreAsync()).ErrorId);

        await scene.RestoreWellAsync(with: options => options with { Force = true });

        Assert.Equal("", RestoreScene.Differences(scene.Beside("elsewhere"), scene.Source));
    }

    [Fact]
    public async Task Should_refuse_to_begin_where_it_will_not_fit()
    {
        using Scene scene = await BackedUpAsync();
        using var disk = new SmallFileSystem(megabytes: 1);
        await File.WriteAllBytesAsync(scene.InSource("Media/localhost/large"), SlowRun.Noise(2_000_000));
        await scene.BackUpWellAsync();

        BackupRun run = await scene.RestoreAsync(Path.Combine(disk.Path, "restored"));

        Assert.Equal(("DestinationFull", ExitCode.NoRoom), (run.ErrorId, run.ExitCode));
        await scene.RestoreWellAsync(Path.Combine(disk.Path, "restored"), options => options with { Parts = ["Preferences"] });
    }

    [Fact]
    public async Task Should_refuse_what_is_mounted_from_elsewhere()
    {
        using Scene scene = await BackedUpAsync();
        using var disk = new SmallFileSystem(megabytes: 4);
        Directory.CreateDirectory(scene.InSource("Media"));
        Tests.Files.ScratchFolder.Must(null, "mount", "--bind", disk.Path, scene.InSource("Media"));
        try
        {
            Assert.Equal("PartIsMounted", (await scene.RestoreAsync()).ErrorId);
            await scene.RestoreWellAsync(with: options => options with { Parts = ["Preferences", "Databases"] });
        }
        finally
        {
            Tests.Files.ScratchFolder.Must(null, "umount", scene.InSource("Media"));
        }
    }

    [Fact]
    public async Task Should_say_that_there_is_nothing_to_undo()
    {
        using Scene scene = await BackedUpAsync();

        BackupRun run = await new PlexRestore(TimeProvider.System).UndoAsync(new RestoreOptions { ConfigurationPath = scene.ConfigurationPath });

        Assert.Equal("NothingToUndo", run.ErrorId);
    }

    [Fact]
    public async Task Should_refuse_another_restore_while_one_is_half_done()
    {
        using Scene scene = await BackedUpAsync();
        await scene.RestoreWellAsync();
        var done = RestoreWorkspace.FindLast(scene.Source)!;
        Directory.Move(done.Folder, new RestoreWorkspace(scene.Source).Folder);
        var halfDone = new RestoreWorkspace(scene.Source);
        halfDone.Write(halfDone.ReadJournal()! with { Stage = RestoreStage.Replacing });

        Assert.Equal("RestoreUnfinished", (await scene.RestoreAsync(with: options => options with { Parts = ["Media"] })).ErrorId);

        halfDone.Write(halfDone.ReadJournal()! with { Stage = RestoreStage.Undoing });
        Assert.Equal("UndoUnfinished", (await scene.RestoreAsync()).ErrorId);
        await scene.UndoWellAsync();
    }

    private async Task<Scene> BackedUpAsync()
    {
        var scene = new Scene(places.New(TargetKind.Local));
        await scene.BackUpWellAsync();
        return scene;
    }

    private static async Task RefusesAsync(Scene scene, string errorId, string destination) =>
        Assert.Equal(errorId, (await scene.RestoreAsync(destination)).ErrorId);

    private static async Task<BackupRun> RefusesInPlaceAsync(
        Scene scene, string errorId, Func<RestoreOptions, RestoreOptions>? with = null)
    {
        string before = scene.PrintSource();
        BackupRun run = await scene.RestoreAsync(with: with);
        Assert.Equal((errorId, RunStatus.Failed), (run.ErrorId, run.Status));
        Assert.NotEmpty(run.Advice!);

        // The workspace's own folder changes the time of the one it lies in.
        Assert.Equal(before.Split('\n').Where(line => !line.StartsWith(" d ", StringComparison.Ordinal)),
            scene.PrintSource().Split('\n').Where(line => !line.StartsWith(" d ", StringComparison.Ordinal)));
        return run;
    }
}
