using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>A source that is not what it was must never reach the mirror.</summary>
public sealed class SourceRefusalTests(Places places) : IClassFixture<Places>
{
    [Fact]
    public async Task Should_refuse_a_source_that_is_missing()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Move(scene.Source, scene.Beside("elsewhere"));
        await Refusal.ExpectAsync(scene, "SourceMissing", ExitCode.Failed, $"There is no folder {scene.Source}", "findmnt");
    }

    [Fact]
    public async Task Should_refuse_a_source_that_is_empty()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Move(scene.Source, scene.Beside("elsewhere"));
        Directory.CreateDirectory(scene.Source);
        await Refusal.ExpectAsync(scene, "SourceEmpty", ExitCode.Failed, $"{scene.Source} is empty", "not mounted");
    }

    [Fact]
    public async Task Should_refuse_a_folder_that_is_not_plex_and_name_the_right_one()
    {
        using Scene scene = await BackedUpAsync();
        scene.Configure(others: ("source", Path.GetDirectoryName(scene.Source)!));
        await Refusal.ExpectAsync(
            scene, "SourceNotPlex", ExitCode.Usage, "is not a Plex data directory: Preferences.xml", $"Give '{scene.Source}' instead");
    }

    [Fact]
    public async Task Should_refuse_a_source_that_has_shrunk_until_it_is_forced()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Delete(scene.InSource("Metadata"), recursive: true);
        Directory.Delete(scene.InSource("Media"), recursive: true);
        await Refusal.ExpectAsync(scene, "SourceShrunk", ExitCode.Failed, "more than 25 % are gone", "--force");
        Assert.True(Directory.Exists(scene.Place.InMirror("Metadata")));

        CommandResult forced = await scene.CommandAsync("backup", "--force");

        Assert.True(forced.ExitCode == 0, forced.ToString());
        MirrorProof.IsEqual(scene);
        Assert.False(Directory.Exists(scene.Place.InMirror("Metadata")));
    }

    [Fact]
    public async Task Should_refuse_a_shrunken_source_also_after_the_refusal_before()
    {
        using Scene scene = await BackedUpAsync();
        Directory.Delete(scene.InSource("Media"), recursive: true);
        Directory.Delete(scene.InSource("Metadata"), recursive: true);
        await Refusal.ExpectAsync(scene, "SourceShrunk", ExitCode.Failed);
        await Refusal.ExpectAsync(scene, "SourceShrunk", ExitCode.Failed);
    }

    [Fact]
    public async Task Should_refuse_a_target_inside_the_source()
    {
        using Scene scene = await BackedUpAsync();
        string inside = Directory.CreateDirectory(scene.InSource("backup")).FullName;
        scene.Configure(others: ("target", inside));
        await Refusal.ExpectAsync(scene, "TargetInsideSource", ExitCode.Usage, inside);
        Assert.Empty(Directory.EnumerateFileSystemEntries(inside));
    }

    [Fact]
    public async Task Should_refuse_a_library_database_that_is_damaged_and_keep_the_good_copy()
    {
        using Scene scene = await BackedUpAsync();
        string database = scene.InSource("Plug-in Support/Databases/com.plexapp.plugins.library.db");
        byte[] content = File.ReadAllBytes(database);
        content.AsSpan(8192, 20_000).Fill(0x5a);
        await File.WriteAllBytesAsync(database, content);

        CommandResult result = await scene.CommandAsync("backup", "--json");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.True(MirrorProof.HasWholeDatabases(scene.Place).Complete);
        Assert.Equal(result.Run.GetProperty("errorId").GetString(), scene.History[0].ErrorId);
    }

    private async Task<Scene> BackedUpAsync()
    {
        var scene = new Scene(places.New(TargetKind.Daemon));
        await scene.BackUpWellAsync();
        return scene;
    }
}
