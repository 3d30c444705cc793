using RePlexOn.Files;

namespace RePlexOn.Tests.Files;

public sealed class TreeHalfTests : IDisposable
{
    private const long Megabyte = 1_000_000;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Should_leave_a_small_tree_whole()
    {
        Files("a/x", "b/x", 50 * Megabyte);
        Assert.Null(Half());
    }

    [Fact]
    public void Should_leave_whole_what_one_file_makes_up()
    {
        Files("a/x", "b/x", 10 * Megabyte);
        File("a/huge", 300 * Megabyte);
        Assert.Null(Half());
    }

    [Fact]
    public void Should_leave_whole_what_has_no_folders()
    {
        Files("x", "y", 150 * Megabyte);
        Assert.Null(Half());
    }

    [Fact]
    public void Should_not_name_a_path_that_is_too_long_for_a_rule()
    {
        string deep = string.Join('/', Enumerable.Repeat(new string('d', 200), 3));
        Files($"{deep}/a/x", $"{deep}/b/x", 200 * Megabyte);
        Assert.Null(Half());
        Files("a/x", "b/x", 200 * Megabyte);
        Assert.Equal(["/a", "/b"], Half()!.Folders);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shared")]
    public void Should_not_share_a_folder_that_its_owner_may_not_write_to(string folder)
    {
        Files("shared/a/x", "shared/b/x", 200 * Megabyte);
        Assert.Equal(["/shared/a"], Half()!.Folders);

        System.IO.File.SetUnixFileMode(_scratch[folder], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Null(Half());
        System.IO.File.SetUnixFileMode(_scratch[folder], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Should_go_as_deep_as_it_must()
    {
        File("media/x", 20 * Megabyte);
        foreach (string movie in new[] { "0", "1", "2", "3", "4", "5" }) File($"metadata/movies/{movie}/x", 30 * Megabyte);
        File("metadata/shows/x", 60 * Megabyte);

        // 20 and 60, and of the 50 that are still wanted the first 30.
        Assert.Equal(["/media", "/metadata/shows", "/metadata/movies/0"], Half()!.Folders);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Should_choose_few_folders_that_hold_about_half(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 400; i++) File($"{random.Next(3)}/{random.Next(10)}/{random.Next(10)}/{random.Next(10)}", random.Next(1, 4) * Megabyte);

        TreeHalf half = Half()!;

        long whole = Megabytes("");
        Assert.Equal(whole / 2, half.Folders.Sum(Megabytes), tolerance: whole / 20);
        Assert.InRange(half.Folders.Count, 1, 20);
        Assert.All(half.Folders, one => Assert.DoesNotContain(half.Folders, other => one.StartsWith(other + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_give_rsync_each_entry_in_one_of_the_two_halves()
    {
        foreach (string name in new[] { "[*]?", "back\\slash", " ", "new\nline", "q'u\"ote", "-rf", "#x", "***", "two words", "é" })
        {
            File($"{name}/left/out/x", 1);
            File($"{name}/{name}/x", 12 * Megabyte);
            File($"{name}/{name}x/x", 12 * Megabyte);
        }

        File("x", 1);
        ScratchFolder.Must(null, "bash", "-c", "mkdir \"$1\"/$'caf\\xe9' && truncate -s 60M \"$1\"/$'caf\\xe9'/x", "bash", _scratch.Root);
        FilePatterns patterns = FilePatterns.Parse(["left/"], []);
        TreeHalf half = TreeHalf.Of(new TreeScanner(patterns).Scan(_scratch.Root))!;
        // What comes later goes with the rest.
        File("later/x", 1);
        File("***/later", 1);

        string[] whole = SentBy(patterns.RsyncArguments);
        string[] first = SentBy([.. half.Rules, .. patterns.RsyncArguments]);
        string[] rest = SentBy([.. half.RestRules, .. patterns.RsyncArguments]);

        Assert.Equal(whole.Order(), first.Union(rest).Order());
        Assert.All(first.Intersect(rest), shared => Assert.EndsWith("/", shared, StringComparison.Ordinal));
        Assert.Equal(0.5, first.Length / (double)whole.Length, tolerance: 0.2);
        Assert.All(["later/x", "x", "caf\\#351/x"], path => Assert.Contains(path, rest));
    }

    private TreeHalf? Half() => TreeHalf.Of(new TreeScanner(FilePatterns.None).Scan(_scratch.Root));

    private void Files(string one, string other, long bytes)
    {
        File(one, bytes);
        File(other, bytes);
    }

    // Only the size counts, and a file full of nothing takes no room.
    private void File(string name, long bytes)
    {
        using FileStream file = System.IO.File.OpenWrite(_scratch.File(name, ""));
        file.SetLength(Math.Max(bytes, file.Length));
    }

    private long Megabytes(string folder) =>
        new DirectoryInfo(_scratch.Root + folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / Megabyte;

    private string[] SentBy(IReadOnlyList<string> rules)
    {
        (int code, string output) = ScratchFolder.Run(
            null, "rsync", ["-an", "--out-format=%n", .. rules, _scratch.Root + "/", _scratch.Root + "/no such folder/"]);
        Assert.Equal(0, code);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
