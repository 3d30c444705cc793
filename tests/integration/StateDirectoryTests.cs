using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>What becomes of a run when its own state cannot be kept, or was damaged.</summary>
public sealed class StateDirectoryTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_not_begin_where_the_state_directory_cannot_be_written()
    {
        using var readOnly = new SmallFileSystem(megabytes: 1);
        readOnly.MakeReadOnly();
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        string state = Path.Combine(readOnly.Path, "state");
        scene.Configure(others: ("stateDirectory", state));

        CommandResult result = await scene.CommandAsync("backup", "--json");

        Assert.True(result.ExitCode == (int)ExitCode.Usage, result.ToString());
        Assert.Equal("StateNotWritable", result.Json.GetProperty("errorId").GetString());
        Assert.Contains(state, result.Errors, StringComparison.Ordinal);
        Assert.Contains("What to do: ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Place.Folder));
    }

    [Fact]
    public async Task Should_set_a_damaged_history_aside_and_go_on_with_a_warning()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        await scene.BackUpWellAsync();
        string history = Assert.Single(Directory.GetFiles(scene.State, "*.db"));
        byte[] content = File.ReadAllBytes(history);
        content.AsSpan(0, 4096).Fill(0x5a);
        await File.WriteAllBytesAsync(history, content);
        await File.WriteAllTextAsync(scene.InSource("Metadata/new"), "new");

        CommandResult result = await scene.CommandAsync("backup");

        Assert.True(result.ExitCode == (int)ExitCode.Incomplete, result.ToString());
        string aside = Assert.Single(Directory.GetFiles(scene.State, "*damaged*"));
        Assert.Contains($"was set aside as {aside}", result.Errors, StringComparison.Ordinal);
        BackupRun row = Assert.Single(scene.History);
        Assert.Equal((RunStatus.Warning, ExitCode.Incomplete), (row.Status, row.ExitCode));
        Assert.Contains(aside, Assert.Single(row.Warnings), StringComparison.Ordinal);
        MirrorProof.IsEqual(scene);
        await scene.BackUpWellAsync();
    }

    [Fact]
    public async Task Should_name_a_staging_folder_without_room()
    {
        using var small = new SmallFileSystem(megabytes: 1);
        using var scene = new Scene(places.New(TargetKind.Daemon), files: 10, rows: 3000);
        scene.Configure(others: ("stagingDirectory", Path.Combine(small.Path, "staging")));

        await Refusal.ExpectAsync(scene, "StagingFull", ExitCode.NoRoom, small.Path, "stagingDirectory");
        Assert.Empty(Directory.EnumerateFileSystemEntries(small.Path));
    }

    [Fact]
    public async Task Should_name_a_staging_folder_that_fills_up_meanwhile()
    {
        // By the sizes there is room enough; it is for want of entries that the disk is full.
        using var small = new SmallFileSystem(megabytes: 20, entries: 5);
        using var scene = new Scene(places.New(TargetKind.Daemon), files: 10, rows: 5);
        scene.Configure(others: ("stagingDirectory", Path.Combine(small.Path, "staging")));

        CommandResult result = await scene.CommandAsync("backup", "--json");

        Assert.True(result.ExitCode == (int)ExitCode.NoRoom, result.ToString());
        Assert.Equal("LocalDiskFull", result.Run.GetProperty("errorId").GetString());
        Assert.Contains(small.Path, result.Errors, StringComparison.Ordinal);
    }
}
