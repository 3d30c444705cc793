using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A local target whose share is not mounted is an empty folder on the wrong disk.</summary>
public sealed class UnmountedTargetTests
{
    [Fact]
    public async Task Should_not_fill_the_folder_under_an_unmounted_share_unless_it_is_forced()
    {
        var share = new SmallFileSystem(megabytes: 20);
        using var scene = new Scene(new Place(share.Path, share.Path), files: 10, rows: 5);
        await scene.BackUpWellAsync();
        share.Dispose();
        Directory.CreateDirectory(scene.Place.Folder);
        try
        {
            await Refusal.ExpectAsync(
                scene, "TargetNotMounted", ExitCode.TargetUnreachable, "the share seems not to be mounted", $"mount {scene.Place.Folder}");
            Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Place.Folder));

            await scene.BackUpWellAsync(force: true);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(scene.Place.Folder)!, recursive: true);
        }
    }
}
