using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Tests.Files;

public sealed class TreeDifferenceTests : IDisposable
{
    private static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ScratchFolder _scratch = new();

    public TreeDifferenceTests() => _scratch.Folder("source");

    public void Dispose() => _scratch.Dispose();

    private string Source => _scratch["source"];

    [Fact]
    public void Should_take_everything_where_there_is_nothing_to_compare_with()
    {
        _scratch.File("source/a/b", "123");
        var difference = TreeDifference.Compare(null, Scan());
        Assert.Equal([".", "a", "a/b"], Texts(difference.Changed));
        Assert.Equal((1, 3, 0), (difference.ChangedFiles, difference.ChangedBytes, difference.VanishedEntries));
    }

    [Fact]
    public void Should_find_nothing_where_nothing_happened()
    {
        _scratch.File("source/a/b");
        ScratchFolder.HardLink(_scratch["source/a/b"], _scratch["source/c"]);
        Assert.True(TreeDifference.Compare(SettledScan(), Scan()).IsEmpty);
    }

    [Fact]
    public void Should_suspect_an_edit_that_hides_behind_size_and_time()
    {
        File.SetLastWriteTimeUtc(_scratch.File("source/a", "one"), Old);
        var before = SettledScan();
        File.WriteAllText(_scratch["source/a"], "two");
        File.SetLastWriteTimeUtc(_scratch["source/a"], Old);
        var difference = TreeDifference.Compare(before, Scan());
        Assert.Empty(difference.Changed);
        Assert.Equal(["a"], Texts(difference.Suspect));
        Assert.Equal((1, 3), (difference.ChangedFiles, difference.ChangedBytes));
    }

    [Fact]
    public void Should_suspect_what_was_written_while_the_scan_looked()
    {
        File.SetLastWriteTimeUtc(_scratch.File("source/fresh"), Old);
        // No clock is turned here: the file was made a moment ago, so its change time proves nothing.
        Assert.Equal(["fresh"], Texts(TreeDifference.Compare(Scan(), Scan()).Suspect));
    }

    [Fact]
    public void Should_trust_times_before_and_after_the_moment_of_the_scan()
    {
        File.SetLastWriteTimeUtc(_scratch.File("source/old"), Old);
        File.SetLastWriteTimeUtc(_scratch.File("source/from-the-future"), Old.AddYears(80));
        Assert.True(TreeDifference.Compare(SettledScan(), Scan()).IsEmpty);
    }

    [Fact]
    public void Should_name_the_top_of_what_vanished()
    {
        foreach (var name in new[] { "gone/a", "gone/b/c", "stays/x", "stays/y" })
            _scratch.File("source/" + name);
        var before = SettledScan();
        Directory.Delete(_scratch["source/gone"], recursive: true);
        File.Delete(_scratch["source/stays/y"]);
        var difference = TreeDifference.Compare(before, Scan());
        Assert.Equal(["gone", "stays/y"], Texts(difference.Vanished));
        Assert.Equal(5, difference.VanishedEntries);
        Assert.Equal([".", "stays"], Texts(difference.Changed));
    }

    [Fact]
    public void Should_put_a_change_of_kind_among_the_changed()
    {
        _scratch.File("source/folder/inside");
        _scratch.File("source/file");
        var before = SettledScan();
        Directory.Delete(_scratch["source/folder"], recursive: true);
        File.Delete(_scratch["source/file"]);
        _scratch.File("source/folder");
        _scratch.File("source/file/inside");
        var difference = TreeDifference.Compare(before, Scan());
        Assert.Equal([".", "file", "file/inside", "folder"], Texts(difference.Changed));
        Assert.Empty(difference.Vanished);
        Assert.Equal(1, difference.VanishedEntries);
    }

    [Fact]
    public void Should_suspect_all_names_of_a_file_when_one_comes_or_goes()
    {
        _scratch.File("source/a");
        _scratch.File("source/alone");
        ScratchFolder.HardLink(_scratch["source/a"], _scratch["source/b"]);
        ScratchFolder.HardLink(_scratch["source/a"], _scratch["source/c"]);
        var before = SettledScan();
        File.Delete(_scratch["source/b"]);
        ScratchFolder.HardLink(_scratch["source/a"], _scratch["source/d"]);
        var difference = TreeDifference.Compare(before, Scan());
        Assert.Equal(["a", "c", "d"], Texts(difference.Suspect));
        Assert.Equal(["."], Texts(difference.Changed));
        Assert.Equal(["b"], Texts(difference.Vanished));
    }

    [Fact]
    public void Should_suspect_all_names_of_a_file_that_was_written_to()
    {
        File.SetLastWriteTimeUtc(_scratch.File("source/a"), Old);
        ScratchFolder.HardLink(_scratch["source/a"], _scratch["source/b"]);
        var before = SettledScan();
        File.WriteAllText(_scratch["source/b"], "longer");
        var difference = TreeDifference.Compare(before, Scan());
        Assert.Equal(["a", "b"], Texts(difference.Suspect));
        Assert.Empty(difference.Changed);
    }

    [Fact]
    public void Should_not_take_inode_numbers_for_changes_where_nearly_all_are_new()
    {
        for (var i = 0; i < 9; i++)
            _scratch.File($"source/f{i}");
        var before = SettledScan();
        var now = Scan();
        now.Records[3].Inode++;
        Assert.Equal(["f2"], Texts(TreeDifference.Compare(before, now).Suspect));
        for (var i = 0; i < now.Count; i++)
            now.Records[i].Inode += 1000;
        Assert.True(TreeDifference.Compare(before, now).IsEmpty);
    }

    [Fact]
    public void Should_not_take_another_device_number_for_a_change()
    {
        _scratch.File("source/a");
        var before = SettledScan();
        var now = Scan();
        var moved = new FileTree(
            now.Records, now.Count, now.Names.ToArray(), [now.Devices[0] + 1], now.Unsettled, [], []);
        Assert.True(TreeDifference.Compare(before, moved).IsEmpty);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    public void Should_not_take_what_it_could_not_see_for_vanished(UnixFileMode mode)
    {
        _scratch.OpenToAll();
        _scratch.File("source/closed/a/b");
        _scratch.File("source/open/c");
        var before = SettledScan();
        File.Delete(_scratch["source/open/c"]);
        File.SetUnixFileMode(_scratch["source/closed"], mode);
        var now = ScratchFolder.AsUser(12345, () => new TreeScanner(FilePatterns.None, workers: 1).Scan(Source));
        Assert.Equal("closed: Permission denied", Assert.Single(now.Unreadable).ToString());
        Assert.Equal(["open/c"], Texts(TreeDifference.Compare(before, now).Vanished));
        Assert.Contains("closed/a", Texts(TreeDifference.Compare(now, Scan()).Changed));
    }

    [Fact]
    public void Should_refuse_a_root_that_may_not_be_read()
    {
        File.SetUnixFileMode(Source, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _scratch.OpenToAll();
        var error = Assert.Throws<RePlexOnException>(
            () => ScratchFolder.AsUser(12345, () => new TreeScanner(FilePatterns.None, workers: 1).Scan(Source)));
        Assert.Contains("Permission denied", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_bring_a_mirror_up_to_date()
    {
        // Each seed is a history of its own: a tree, then rounds of random changes, each followed by what a backup does.
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            using var scratch = new ScratchFolder();
            var source = scratch.Folder("source");
            var mirror = scratch.Folder("mirror");
            var mutations = new TreeMutations(source, new Random(seed));
            mutations.Apply(60);
            FileTree? before = null;
            for (var round = 0; round < 4; round++)
            {
                // The second round finds the stamps of the first within its window, the last ones do not.
                var now = new TreeScanner(FilePatterns.None, clock: round < 2 ? null : new LateClock()).Scan(source);
                var index = scratch["index"];
                var header = new FileIndexHeader("run", "target", source, "", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
                var difference = TreeDifference.Compare(before, now);
                Transfer(source, mirror, difference);
                AssertSame(source, mirror);
                FileIndexStore.Write(index, header, now);
                before = FileIndexStore.Read(index).Tree;
                mutations.Apply(25);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static void Transfer(string source, string mirror, TreeDifference difference)
    {
        string[] arguments = ["-aH", "--files-from=-", "--from0", "--delete-missing-args", "--force"];
        ScratchFolder.Must(Paths([.. difference.Changed, .. difference.Vanished]), "rsync", [.. arguments, source + "/", mirror + "/"]);
        ScratchFolder.Must(Paths(difference.Suspect), "rsync", [.. arguments, "--checksum", source + "/", mirror + "/"]);
    }

    private static byte[] Paths(IReadOnlyList<FileEntry> entries)
    {
        using var stream = new MemoryStream();
        var paths = new RsyncPathWriter(stream, "");
        foreach (var entry in entries) paths.Add(entry.Path);
        return stream.ToArray();
    }

    private static void AssertSame(string source, string mirror) => Assert.Equal("", ScratchFolder.Must(
        null, "rsync", "-aHn", "--checksum", "--delete", "--itemize-changes", source + "/", mirror + "/"));

    private FileTree Scan() => new TreeScanner(FilePatterns.None).Scan(Source);

    /// <summary>A scan that takes place long after the last change, as its clock says.</summary>
    private FileTree SettledScan() => new TreeScanner(FilePatterns.None, clock: new LateClock()).Scan(Source);

    private static string[] Texts(IReadOnlyList<FileEntry> entries) => [.. entries.Select(entry => entry.ToString())];

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddMinutes(1);
    }
}
