namespace RePlexOn.Demo;

/// <summary>The many small files of a Plex server: bundles of artwork under Metadata, of thumbnails under Media.</summary>
internal sealed class SampleBundles(SampleContent content, SampleOptions options)
{
    private const int FilesBetweenReports = 500;

    private static readonly (string Folder, string Agent)[] Kinds =
    [
        ("Movies", "tv.plex.agents.movie"), ("TV Shows", "tv.plex.agents.series"), ("Artists", "tv.plex.agents.music"),
        ("Movies", "com.plexapp.agents.imdb"), ("TV Shows", "tv.plex.agents.series"), ("Albums", "tv.plex.agents.music"),
        ("Collections", "tv.plex.agents.movie"),
    ];

    /// <summary>One file to be made, its size as a share of the average.</summary>
    private readonly record struct Item(string Path, double Size);

    public void Write(string root, IProgress<SampleProgress>? progress, CancellationToken ct)
    {
        var done = 0;
        for (var bundle = 0; done < options.Files; bundle++)
        {
            ct.ThrowIfCancellationRequested();
            done = WriteBundle(root, bundle, done, progress);
        }
        progress?.Report(new SampleProgress(done, options.Files));
    }

    private int WriteBundle(string root, int bundle, int done, IProgress<SampleProgress>? progress)
    {
        var random = new Random(HashCode(bundle));
        string? folder = null;
        foreach (var item in bundle % 10 < Kinds.Length ? Metadata(root, bundle) : Media(bundle))
        {
            if (done == options.Files) break;
            var itemFolder = Path.GetDirectoryName(item.Path);
            if (itemFolder != folder) Directory.CreateDirectory(Path.Combine(root, (folder = itemFolder)!));
            var bytes = options.AverageFileBytes * item.Size * (0.25 + (1.5 * random.NextDouble()));
            content.Write(root, item.Path, (long)bytes);
            if (++done % FilesBetweenReports == 0) progress?.Report(new SampleProgress(done, options.Files));
        }
        return done;
    }

    private IEnumerable<Item> Metadata(string root, int bundle)
    {
        var (kind, agent) = Kinds[bundle % 10];
        var contents = $"Metadata/{kind}/{Bundle(bundle)}/Contents";
        var poster = content.HexName($"poster {bundle}");
        yield return new Item($"{contents}/{agent}/Info.xml", 0.2);
        yield return new Item($"{contents}/{agent}/posters/{poster}", 1.1);
        Link(root, $"{contents}/_stored/posters/{agent}_{poster}", $"../../{agent}/posters/{poster}");
        for (var other = 0; other < 3; other++)
            yield return new Item($"{contents}/{agent}/posters/{content.HexName($"poster {bundle} {other}")}", 1.1);
        for (var art = 0; art < 2; art++)
            yield return new Item($"{contents}/{agent}/art/{content.HexName($"art {bundle} {art}")}", 1.4);
        yield return new Item($"{contents}/_combined/Info.xml", 0.2);
        if (bundle % 20 == 0)
            yield return new Item($"Metadata/{kind}/{Bundle(bundle)}/Uploads/posters/{content.HexName($"own {bundle}")}", 1.5);
    }

    private IEnumerable<Item> Media(int bundle)
    {
        var contents = $"Media/localhost/{Bundle(bundle)}/Contents";
        yield return new Item($"{contents}/Thumbnails/thumb1.jpg", 0.5);
        yield return new Item($"{contents}/Indexes/index-sd.bif", 3.2);
    }

    private string Bundle(int bundle)
    {
        var name = content.HexName($"bundle {bundle}");
        return $"{name[0]}/{name[1..]}.bundle";
    }

    private int HashCode(int bundle) => unchecked((options.Seed * 486187739) + bundle);

    private static void Link(string root, string relativePath, string target)
    {
        var path = Path.Combine(root, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }
}
