using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests;

/// <summary>A delta run builds on what is remembered of the mirror only while that is true.</summary>
public sealed class TrustTests(Places places) : IClassFixture<Places>
{
    private const string SomeFolder = "Metadata/Playlists";

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_begin_anew_when_the_mirror_was_emptied(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        Directory.Delete(scene.Place.Mirror, recursive: true);

        await ExpectAsync(scene, MirrorPass.Full, "the mirror is empty: this is the first backup to it");
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_notice_at_once_that_a_top_level_folder_was_removed(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        Directory.Delete(scene.Place.InMirror("Metadata"), recursive: true);

        await ExpectAsync(scene, MirrorPass.Full, "the mirror was changed since the last run");
    }

    [Fact]
    public async Task Should_notice_at_once_that_a_file_of_a_local_mirror_was_removed()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        foreach (string file in Directory.GetFiles(scene.Place.InMirror("Metadata"), "*", SearchOption.AllDirectories).Take(3))
        {
            File.Delete(file);
            await ExpectAsync(scene, MirrorPass.Full, "the mirror was changed since the last run");
        }
    }

    [Fact]
    public async Task Should_notice_at_once_that_a_file_of_a_local_mirror_was_edited()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        foreach (string file in Directory.GetFiles(scene.Place.InMirror("Media"), "*", SearchOption.AllDirectories).Take(3))
        {
            byte[] content = File.ReadAllBytes(file);
            content[^1] ^= 1;
            await File.WriteAllBytesAsync(file, content);
            await ExpectAsync(scene, MirrorPass.Full, "the mirror was changed since the last run");
        }
    }

    [Theory]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_mend_a_remote_mirror_by_a_full_pass_at_the_latest(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        string[] files = Directory.GetFiles(scene.Place.InMirror("Media"), "*", SearchOption.AllDirectories);
        File.Delete(files[0]);
        await File.WriteAllTextAsync(files[1], "edited behind our back");
        await File.WriteAllTextAsync(files[2] + ".stray", "put there behind our back");

        await scene.BackUpWellAsync(full: true);
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    [InlineData(TargetKind.Ssh)]
    public async Task Should_notice_at_once_that_a_database_in_the_mirror_was_put_back(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        string database = scene.Place.InMirror("Plug-in Support/Databases/com.plexapp.plugins.library.db");
        File.SetLastWriteTimeUtc(database, DateTime.UtcNow.AddDays(-1));

        await ExpectAsync(scene, MirrorPass.Full, "the mirror was changed since the last run");
    }

    [Fact]
    public async Task Should_notice_another_nas_at_the_same_address()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Daemon);
        using Scene other = await BackedUpAsync(TargetKind.Daemon);
        string aside = scene.Place.Folder + " aside";
        Directory.Move(scene.Place.Folder, aside);
        Directory.Move(other.Place.Folder, scene.Place.Folder);

        await ExpectAsync(scene, MirrorPass.FullByContent, "the mirror was last written by a run that is not the index's");
    }

    [Fact]
    public async Task Should_notice_an_empty_nas_at_the_same_address()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Daemon);
        Directory.Move(scene.Place.Folder, scene.Place.Folder + " aside");
        Directory.CreateDirectory(scene.Place.Folder);

        await ExpectAsync(scene, MirrorPass.Full, "the mirror is empty: this is the first backup to it");
    }

    [Fact]
    public async Task Should_compare_content_when_the_index_is_damaged()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        byte[] index = File.ReadAllBytes(scene.Index);
        index[index.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(scene.Index, index);

        await ExpectAsync(scene, MirrorPass.FullByContent, "there is no index of the last run to compare with");
    }

    [Fact]
    public async Task Should_find_an_edit_that_keeps_size_and_time_without_an_index()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Daemon);
        File.Delete(scene.Index);
        string file = Directory.GetFiles(scene.InSource(SomeFolder), "*.jpg", SearchOption.AllDirectories)[0];
        DateTime time = File.GetLastWriteTimeUtc(file);
        byte[] content = File.ReadAllBytes(file);
        content[0] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        File.SetLastWriteTimeUtc(file, time);

        await ExpectAsync(scene, MirrorPass.FullByContent, "there is no index of the last run to compare with");
    }

    [Fact]
    public async Task Should_not_take_the_index_of_another_run()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Ssh);
        byte[] old = File.ReadAllBytes(scene.Index);
        await File.WriteAllTextAsync(scene.InSource("Metadata/new"), "new");
        await scene.BackUpWellAsync();
        await File.WriteAllBytesAsync(scene.Index, old);

        await ExpectAsync(scene, MirrorPass.FullByContent, "the mirror was last written by a run that is not the index's");
    }

    [Fact]
    public async Task Should_take_over_a_mirror_that_plain_rsync_has_been_over()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        // As the first system's script did: all of it, live databases and their side files too, and our manifest away.
        await File.WriteAllTextAsync(scene.InSource("Plug-in Support/Databases/com.plexapp.plugins.library.db-wal.old"), "x");
        ScratchFolder.Must(null, "rsync", "-a", "--delete", "--exclude=Cache", scene.Source + "/", scene.Place.Mirror + "/");
        await File.WriteAllTextAsync(scene.Place.InMirror("Plug-in Support/Databases/com.plexapp.plugins.library.db-wal"), "stale");
        await File.WriteAllTextAsync(scene.Place.InMirror("Plug-in Support/Databases/com.plexapp.plugins.library.db-shm"), "stale");

        await ExpectAsync(scene, MirrorPass.FullByContent, "the mirror has no manifest of RePlexOn");
    }

    [Fact]
    public async Task Should_make_a_full_pass_when_other_things_are_to_be_left_out()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        string[] exclude = ["/Media/localhost/new/"];
        Directory.CreateDirectory(scene.InSource("Media/localhost/new"));
        await File.WriteAllTextAsync(scene.InSource("Media/localhost/new/file"), "new");
        scene.Configure(backup: new() { ["exclude"] = exclude });

        BackupRun run = await scene.BackUpAsync();
        Assert.Equal((RunStatus.Succeeded, "FullByContent", "what is left out has changed since the last run"), (run.Status, run.Pass, run.PassReason));
        MirrorProof.IsEqual(scene, exclude);
        Assert.False(Directory.Exists(scene.Place.InMirror("Media/localhost/new")));

        scene.Configure();
        await ExpectAsync(scene, MirrorPass.FullByContent, "what is left out has changed since the last run");
    }

    [Theory]
    [InlineData(TargetKind.Local)]
    [InlineData(TargetKind.Daemon)]
    public async Task Should_not_mind_a_target_that_keeps_whole_seconds_only(TargetKind kind)
    {
        using Scene scene = await BackedUpAsync(kind);
        ScratchFolder.Must(null, "find", scene.Place.Mirror, "-exec", "sh", "-c", "touch -h -d @$(stat -c %Y \"$1\") \"$1\"", "sh", "{}", ";");

        Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
    }

    [Fact]
    public async Task Should_remember_each_of_two_targets_for_itself()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        Place first = scene.Place;
        Place second = places.New(TargetKind.Daemon);
        scene.Configure(second);
        await scene.BackUpWellAsync();
        foreach (Place place in new[] { first, second, first })
        {
            await File.AppendAllTextAsync(scene.InSource("Metadata/changing"), "more");
            scene.Configure(place);
            Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
        }
    }

    [Fact]
    public async Task Should_make_a_full_pass_when_one_is_due_or_asked_for()
    {
        using Scene scene = await BackedUpAsync(TargetKind.Local);
        Assert.Equal("a full pass was asked for", (await scene.BackUpWellAsync(full: true)).PassReason);

        scene.Configure(backup: new() { ["fullPassEveryDays"] = 0 });
        BackupRun due = await scene.BackUpWellAsync();
        Assert.Equal("Full", due.Pass);
        Assert.StartsWith("the last full pass was at", due.PassReason, StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(Scene scene, MirrorPass pass, string reason)
    {
        BackupRun run = await scene.BackUpWellAsync();
        Assert.StartsWith(reason, run.PassReason, StringComparison.Ordinal);
        Assert.Equal(pass.ToString(), run.Pass);
        Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
    }

    private async Task<Scene> BackedUpAsync(TargetKind kind)
    {
        var scene = new Scene(places.New(kind));
        // What changed within two seconds of a scan is doubted by the next one, and compared by content anyway.
        await Task.Delay(TimeSpan.FromSeconds(2.1));
        await scene.BackUpWellAsync();
        Assert.Equal("Delta", (await scene.BackUpWellAsync()).Pass);
        return scene;
    }
}
