using System.Security.Cryptography;
using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Demo;

public sealed class SampleLibraryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("replexon-demo-").FullName;
    private readonly SampleOptions _options = new() { Files = 600, LibraryRows = 100 };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Should_make_equal_trees_for_equal_options_and_others_for_another_seed()
    {
        var first = Content(Make("first", _options));

        Assert.Equal(first, Content(Make("second", _options)));
        Assert.NotEqual(first, Content(Make("third", _options with { Seed = 2 })));
    }

    [Fact]
    public void Should_have_the_shape_and_the_sizes_asked_for()
    {
        var root = Make("shape", _options with { Files = 2000 });

        var bundled = Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains(".bundle/Contents/", StringComparison.Ordinal) || path.Contains("/Uploads/", StringComparison.Ordinal))
            .Select(path => new FileInfo(path)).Where(file => file.LinkTarget is null).ToList();
        Assert.InRange(bundled.Count, 2000, 2050);
        Assert.InRange(bundled.Average(file => file.Length), 7_000, 13_000);
        Assert.Contains(Directory.GetFiles(root, "*", SearchOption.AllDirectories), path => path.Contains('\n', StringComparison.Ordinal));
        Assert.Equal(
            [PlexDatabaseFiles.LibraryRelativePath, PlexDatabaseFiles.BlobsRelativePath],
            PlexDatabaseFiles.Find(root).Select(file => file.RelativePath));
        Assert.Contains("SAMPLE-NOT-A-TOKEN", File.ReadAllText(Path.Combine(root, "Preferences.xml")), StringComparison.Ordinal);
        Assert.Contains("Plex Media Server v1.", File.ReadLines(Path.Combine(root, "Logs/Plex Media Server.log")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_leave_no_link_that_leads_nowhere()
    {
        var links = Directory.GetFiles(Make("links", _options), "*", SearchOption.AllDirectories)
            .Select(path => new FileInfo(path)).Where(file => file.LinkTarget is not null).ToList();

        Assert.True(links.Count > 50);
        Assert.All(links, link => Assert.True(link.ResolveLinkTarget(true)!.Exists));
    }

    [Fact]
    public void Should_not_go_over_what_is_there()
    {
        Make("once", _options);

        Assert.Equal("SampleFolderNotEmpty", Assert.Throws<RePlexOnException>(() => Make("once", _options)).ErrorId);
    }

    [Fact]
    public void Should_change_the_same_share_in_the_same_way_for_a_seed()
    {
        var first = Make("first", _options);
        var second = Make("second", _options);
        var before = Content(first);

        var changes = SampleLibrary.ChangeSome(first, 0.2, seed: 5);

        Assert.Equal(changes, SampleLibrary.ChangeSome(second, 0.2, seed: 5));
        Assert.InRange(changes.Total, 120, 135);
        Assert.True(changes is { Edited: > 0, Added: > 0, Deleted: > 0, Renamed: > 0, ModeChanged: > 0, Touched: > 0 });
        Assert.Equal(Content(first), Content(second));
        Assert.NotEqual(before, Content(first));
    }

    [Fact]
    public async Task Should_go_on_counting_where_the_last_writer_stopped()
    {
        var root = Make("writer", _options);
        for (var i = 1; i <= 2; i++)
        {
            await using var writer = new SampleWriter(root, commitsPerSecond: 0);
            writer.Start();
            SpinWait.SpinUntil(() => writer.CommitsDone > i * 20);
            await writer.StopAsync();
            Assert.Equal(
                new SampleDatabaseState(writer.CommitsDone, true),
                SampleDatabase.Verify(Path.Combine(root, PlexDatabaseFiles.LibraryRelativePath)));
        }
    }

    private string Make(string name, SampleOptions options)
    {
        var root = Path.Combine(_root, name, "Plex Media Server");
        SampleLibrary.Create(root, options, null, default);
        return root;
    }

    /// <summary>Path, mode and hash of every regular file.</summary>
    private static List<string> Content(string root) =>
        [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).LinkTarget is null).Order(StringComparer.Ordinal).Select(path =>
            $"{Path.GetRelativePath(root, path)} {File.GetUnixFileMode(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];
}
