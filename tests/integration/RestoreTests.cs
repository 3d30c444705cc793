using System.Diagnostics;
using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Plex;
using RePlexOn.Plex.Databases;
using RePlexOn.Restore;
using RePlexOn.Snapshots;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests;

/// <summary>Backups come back as they were, to a folder and in place.</summary>
public sealed class RestoreTests(Places places) : IClassFixture<Places>
{
    // A database as large as a big server's takes minutes: REPLEXON_TEST_ROWS=1000000.
    private static readonly int Rows = int.Parse(Environment.GetEnvironmentVariable("REPLEXON_TEST_ROWS") ?? "5000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_give_back_the_source_as_it_was_at_the_capture(TargetKind kind)
    {
        using var scene = new Scene(places.New(kind), files: 300, rows: Rows);
        scene.Configure(backup: new() { ["keepAttributes"] = true });
        scene.AddOddities();
        RestoreScene.SetAttributes(scene.InSource("Metadata/oddities/twin"));
        await using var writer = new SampleWriter(scene.Source, commitsPerSecond: 0);
        writer.Start();
        await SlowRun.UntilAsync(() => writer.CommitsDone > 20);
        long before = writer.CommitsDone;
        await scene.BackUpWellAsync();

        await scene.RestoreWellAsync(scene.Beside("restored"));

        Assert.Equal("", RestoreScene.Differences(scene.Source, scene.Beside("restored"), attributes: true));
        SampleDatabaseState library = SampleDatabase.Verify(Path.Combine(scene.Beside("restored"), PlexDatabaseFiles.LibraryRelativePath));
        Assert.True(library.InvariantHolds && library.LastCommit >= before);
        RestoreScene.HasDatabases(scene.Beside("restored"), MirrorProof.HasWholeDatabases(scene.Place));
        Assert.False(Directory.Exists(Path.Combine(scene.Beside("restored"), ".replexon")));
        Assert.Equal(RunKind.Restore, scene.History[0].Kind);
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_replace_in_place_and_put_back_what_was_there_byte_for_byte(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        string snapshot = await SnapshotAsync(scene);
        ScratchFolder.Must(null, "cp", "-a", scene.Source, scene.Beside("as backed up"));
        SampleLibrary.ChangeSome(scene.Source, share: 0.3, seed: 3);
        await WriteAsync(scene);
        await File.WriteAllTextAsync(scene.InSource("Plug-in Support/Databases/com.plexapp.plugins.library.db-wal"), "stale");
        Directory.CreateDirectory(scene.InSource("Not in the backup/x"));
        await File.WriteAllTextAsync(scene.InSource("Cache/stays"), "stays");
        string before = scene.PrintSource();

        await scene.RestoreWellAsync(with: options => options with { Name = snapshot });

        Assert.Equal("", RestoreScene.Differences(scene.Beside("as backed up"), scene.Source));
        RestoreScene.HasDatabases(scene.Source, MirrorProof.HasWholeDatabases(scene.Place));
        Assert.Equal("stays", await File.ReadAllTextAsync(scene.InSource("Cache/stays")));
        Assert.False(File.Exists(scene.InSource("Plug-in Support/Databases/com.plexapp.plugins.library.db-wal")));

        await scene.UndoWellAsync();
        Assert.Equal(before, scene.PrintSource());
    }

    [Fact]
    public async Task Should_restore_parts_and_leave_the_others()
    {
        using Scene scene = await BackedUpAsync();
        await File.WriteAllTextAsync(scene.InSource("Preferences.xml"), "<Preferences/>");
        await File.WriteAllTextAsync(scene.InSource("Metadata/new"), "new");
        await WriteAsync(scene);

        await scene.RestoreWellAsync(with: options => options with { Parts = ["Databases", "preferences"] });

        Assert.True(File.Exists(scene.InSource("Metadata/new")));
        Assert.Contains("ProcessedMachineIdentifier", await File.ReadAllTextAsync(scene.InSource("Preferences.xml")), StringComparison.Ordinal);
        Assert.Equal(0, SampleDatabase.Verify(scene.InSource(PlexDatabaseFiles.LibraryRelativePath)).LastCommit);

        await scene.RestoreWellAsync(scene.Beside("part"), options => options with { Parts = ["Media"] });
        Assert.Equal(["Media"], Directory.GetFileSystemEntries(scene.Beside("part")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Should_give_all_files_to_the_owner_that_is_named()
    {
        using Scene scene = await BackedUpAsync();

        await scene.RestoreWellAsync(scene.Beside("mapped"), options => options with { Owner = "nobody:1717" });

        Assert.Equal("", ScratchFolder.Must(null, "find", scene.Beside("mapped"), "!", "-user", "nobody", "-o", "!", "-group", "1717"));
        Assert.Equal("OwnerUnknown", (await scene.RestoreAsync(scene.Beside("x"), options => options with { Owner = "no-such-user" })).ErrorId);
    }

    [Fact]
    public async Task Should_warn_where_a_target_has_lost_the_owners()
    {
        using Scene scene = await BackedUpAsync();
        ScratchFolder.Must(null, "chown", "-R", "1026:100", scene.Place.Mirror);

        BackupRun run = await scene.RestoreAsync();

        Assert.Equal(RunStatus.Warning, run.Status);
        Assert.Contains("-Owner 0:0", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_directory_in_use_and_name_who_uses_it()
    {
        using Scene scene = await BackedUpAsync();
        string before = scene.PrintSource();
        using Process holder = Process.Start(
            new ProcessStartInfo("/usr/bin/tail", ["-f", scene.InSource(PlexDatabaseFiles.LibraryRelativePath)]) { RedirectStandardOutput = true })!;
        try
        {
            holder.StandardOutput.Read();
            BackupRun run = await scene.RestoreAsync();

            Assert.Equal("PlexIsRunning", run.ErrorId);
            Assert.Contains($"tail (process {holder.Id})", run.Message, StringComparison.Ordinal);
        }
        finally
        {
            holder.Kill();
        }

        Assert.Equal(before, scene.PrintSource());
        Assert.False(Directory.Exists(scene.InSource(".replexon")));
    }

    [Fact]
    public async Task Should_stop_and_start_plex_also_where_the_restore_fails()
    {
        using Scene scene = await BackedUpAsync();
        string log = scene.Beside("log");
        PlexService service = Service(log);

        await scene.RestoreWellAsync(with: options => options with { Service = service });
        Assert.Equal(["stop", "start"], await File.ReadAllLinesAsync(log));

        Directory.CreateDirectory(scene.InSource("Media"));
        using Process holder = Process.Start(new ProcessStartInfo("/usr/bin/sleep", ["600"]) { WorkingDirectory = scene.InSource("Logs") })!;
        try
        {
            // What is asked to stop need not, and a minute is long for a test: so the stop itself fails here.
            BackupRun run = await scene.RestoreAsync(
                with: options => options with { Service = service with { Stop = PlexService.FromCommands(["false"], ["true"]).Stop } });
            Assert.Equal("PlexNotStopped", run.ErrorId);
            Assert.Equal(["stop", "start", "start"], await File.ReadAllLinesAsync(log));
        }
        finally
        {
            holder.Kill();
        }
    }

    [Fact]
    public async Task Should_plan_without_changing_anything()
    {
        using var scene = new Scene(places.New(TargetKind.Local));
        await scene.BackUpWellAsync();
        string before = scene.PrintSource();

        RestorePlan plan = await new PlexRestore(TimeProvider.System).PlanAsync(new RestoreOptions { ConfigurationPath = scene.ConfigurationPath });

        Assert.Equal(before, scene.PrintSource());
        Assert.False(Directory.Exists(scene.InSource(".replexon")));
        Assert.Equal(["Databases", "Media", "Metadata", "Plug-ins", "Preferences"], plan.Parts.Select(part => part.Part));
        Assert.All(plan.Parts, part => Assert.Equal((part.FilesFetched, part.BytesFetched), (part.FilesKeptAside, part.BytesKeptAside)));
        Assert.Equal(scene.History[0].FilesTotal, plan.Parts.Sum(part => part.FilesFetched));
    }

    private async Task<Scene> BackedUpAsync(TargetKind kind = TargetKind.Local)
    {
        var scene = new Scene(places.New(kind));
        scene.AddOddities();
        await scene.BackUpWellAsync();
        return scene;
    }

    /// <summary>Stops and starts nothing, but writes down that it was asked.</summary>
    private static PlexService Service(string log) => PlexService.FromCommands(
        ["/bin/sh", "-c", "echo stop >> \"$1\"", "sh", log], ["/bin/sh", "-c", "echo start >> \"$1\"", "sh", log]);

    private static async Task<string> SnapshotAsync(Scene scene)
    {
        IReadOnlyList<BackupRun> runs = await new SnapshotBackup(TimeProvider.System)
            .RunAsync(new MirrorOptions { ConfigurationPath = scene.ConfigurationPath });
        Assert.All(runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        return Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(scene.Place.Folder, "plex-snapshots"))));
    }

    private static async Task WriteAsync(Scene scene)
    {
        await using var writer = new SampleWriter(scene.Source, commitsPerSecond: 0);
        writer.Start();
        await SlowRun.UntilAsync(() => writer.CommitsDone > 20);
    }
}
