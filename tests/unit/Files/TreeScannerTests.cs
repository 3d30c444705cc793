using System.Globalization;
using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Tests.Files;

public sealed class TreeScannerTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private FileTree Scan(FilePatterns? patterns = null, int? workers = null) =>
        new TreeScanner(patterns ?? FilePatterns.None, workers).Scan(_scratch.Root);

    [Fact]
    public void Should_see_what_find_sees()
    {
        Populate(folders: 300);
        ScratchFolder.Fifo(_scratch["d1/pipe"]);
        File.CreateSymbolicLink(_scratch["d2/link"], "/nowhere");
        ScratchFolder.HardLink(_scratch["d3/f0"], _scratch["d4/same"]);
        ScratchFolder.Owner(_scratch["d5/f1"], 1234, 4321);
        AssertSameAsFind(Scan());
        AssertSameAsFind(Scan(workers: 1));
        AssertSameAsFind(Scan(workers: 7));
    }

    [Fact]
    public void Should_keep_names_of_any_bytes()
    {
        byte[][] names =
        [
            "new\nline"u8.ToArray(), "\"double\" 'single' `back`"u8.ToArray(), "-rf"u8.ToArray(), " "u8.ToArray(),
            [0xFF, 0xFE, 0x80], [0xC3], [.. Enumerable.Repeat((byte)'n', 255)], "\\*?["u8.ToArray(), "\u00e9\u4e2d"u8.ToArray(),
        ];
        foreach (var name in names)
            _scratch.RawFile(name);
        var tree = Scan();
        Assert.Equal(names.Length + 1, tree.Count);
        Assert.All(names, name => Assert.Equal(name, tree[tree.IndexOf(name)].Path.ToArray()));
        AssertSameAsFind(tree);
    }

    [Fact]
    public void Should_stand_in_the_order_of_a_walk()
    {
        foreach (var name in new[] { "a/x", "a-b", "a/y/z", "a.c", "b" })
            _scratch.File(name);
        var tree = Scan();
        var paths = Enumerable.Range(0, tree.Count).Select(i => tree[i].ToString());
        Assert.Equal([".", "a", "a/x", "a/y", "a/y/z", "a-b", "a.c", "b"], paths);
        Assert.All(Enumerable.Range(0, tree.Count), i => Assert.Equal(i, tree.IndexOf(tree[i].Path)));
        Assert.Equal(-1, tree.IndexOf("a/q"u8));
        Assert.Equal(-1, tree.IndexOf("b/x"u8));
        Assert.Equal(-1, tree.IndexOf("zz"u8));
    }

    [Fact]
    public void Should_count_kinds_and_bytes()
    {
        _scratch.File("d/one", "12345");
        _scratch.File("two", "123");
        ScratchFolder.Fifo(_scratch["pipe"]);
        File.CreateSymbolicLink(_scratch["link"], "d");
        var tree = Scan();
        Assert.Equal((6, 2L, 2L, 2L, 8L), (tree.Count, tree.FileCount, tree.DirectoryCount, tree.OtherCount, tree.Bytes));
        Assert.Equal(FileKind.SymbolicLink, tree[tree.IndexOf("link"u8)].Kind);
        Assert.Equal(FileKind.Other, tree[tree.IndexOf("pipe"u8)].Kind);
    }

    [Fact]
    public void Should_follow_a_link_only_where_it_is_the_root()
    {
        _scratch.File("real/inside");
        File.CreateSymbolicLink(_scratch["entry"], "real");
        var tree = new TreeScanner(FilePatterns.None).Scan(_scratch["entry"]);
        Assert.True(tree.IndexOf("inside"u8) > 0);
        Assert.Equal(-1, Scan().IndexOf("entry/inside"u8));
    }

    [Fact]
    public void Should_cross_mount_points()
    {
        var mount = _scratch.Folder("mounted");
        ScratchFolder.Must(null, "mount", "-t", "tmpfs", "none", mount);
        try
        {
            _scratch.File("mounted/file");
            var tree = Scan();
            var inside = tree.IndexOf("mounted/file"u8);
            Assert.True(inside > 0);
            Assert.NotEqual(tree[0].Device, tree[inside].Device);
        }
        finally
        {
            ScratchFolder.Must(null, "umount", mount);
        }
    }

    [Fact]
    public void Should_report_a_path_too_long_for_rsync_and_go_on()
    {
        // One chdir for each level: no single call takes a path of this length.
        const string script = "n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 25); do mkdir $n; cd $n; done; touch end";
        ScratchFolder.Must(null, "bash", "-c", $"cd '{_scratch.Root}'; {script}");
        _scratch.File("zz");
        var tree = Scan();
        Assert.True(tree.IndexOf("zz"u8) > 0);
        var folder = Assert.Single(tree.Unreadable);
        Assert.Contains("too long", folder.Reason, StringComparison.Ordinal);
        Assert.Equal((20 * 201) - 1, folder.Path.Length);
    }

    [Fact]
    public void Should_walk_a_deep_tree()
    {
        var path = string.Join('/', Enumerable.Repeat("d", 1500));
        _scratch.File(path + "/end");
        var tree = Scan();
        Assert.Equal(1502, tree.Count);
        Assert.Equal(path + "/end", tree[1501].ToString());
        Assert.Equal(1502, TreeDifference.Compare(null, tree).Changed.Count);
        Assert.True(TreeDifference.Compare(tree, Scan()).Vanished.Count == 0);
    }

    [Fact]
    public void Should_leave_out_what_the_patterns_name()
    {
        foreach (var name in new[] { "Cache/x/y", "keep/Cache/z", "db-wal", "keep/db-wal", "keep/file" })
            _scratch.File(name);
        var tree = Scan(FilePatterns.Parse(["/Cache/"], ["*-wal"]));
        var paths = Enumerable.Range(0, tree.Count).Select(i => tree[i].ToString());
        Assert.Equal([".", "keep", "keep/Cache", "keep/Cache/z", "keep/file"], paths);
    }

    [Fact]
    public void Should_say_why_the_root_cannot_be_read()
    {
        var missing = Assert.Throws<RePlexOnException>(() => new TreeScanner(FilePatterns.None).Scan(_scratch["missing"]));
        Assert.Equal("SourceUnreadable", missing.ErrorId);
        Assert.Contains("No such file or directory", missing.Message, StringComparison.Ordinal);
        var file = _scratch.File("file");
        var notFolder = Assert.Throws<RePlexOnException>(() => new TreeScanner(FilePatterns.None).Scan(file));
        Assert.Contains("Not a directory", notFolder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_stop_when_cancelled()
    {
        Populate(folders: 20);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => new TreeScanner(FilePatterns.None).Scan(_scratch.Root, null, source.Token));
    }

    [Fact]
    public void Should_stop_in_the_middle_when_cancelled()
    {
        Populate(folders: 3000);
        using var source = new CancellationTokenSource();
        var progress = new Seen(_ => source.Cancel());
        Assert.Throws<OperationCanceledException>(
            () => new TreeScanner(FilePatterns.None, workers: 1).Scan(_scratch.Root, progress, source.Token));
        Assert.Single(progress.Counts);
    }

    [Fact]
    public void Should_end_its_progress_with_the_full_count()
    {
        Populate(folders: 3000);
        var progress = new Seen(_ => { });
        var tree = new TreeScanner(FilePatterns.None, workers: 1).Scan(_scratch.Root, progress);
        Assert.Equal(tree.Count, progress.Counts[^1]);
        Assert.True(progress.Counts.Count > 1);
        Assert.Equal(progress.Counts.Order(), progress.Counts);
    }

    [Fact]
    public void Should_survive_folders_that_come_and_go()
    {
        Populate(folders: 400);
        using var stop = new ManualResetEventSlim();
        var churn = new Thread(() =>
        {
            for (var round = 0; !stop.IsSet; round++)
            {
                var folder = _scratch[$"d{round % 400}"];
                Directory.Delete(folder, recursive: true);
                if (round % 3 == 0)
                    File.WriteAllText(folder, "a file now");
                if (round % 3 == 0)
                    File.Delete(folder);
                Directory.CreateDirectory(folder + "/again");
            }
        });
        churn.Start();
        try
        {
            for (var round = 0; round < 60; round++)
                Assert.Empty(Scan().Unreadable);
        }
        finally
        {
            stop.Set();
            churn.Join();
        }
        AssertSameAsFind(Scan());
    }

    private void Populate(int folders)
    {
        for (var i = 0; i < folders; i++)
        {
            var folder = i % 5 == 4 ? $"d{i - 1}/d{i}" : $"d{i}";
            for (var j = 0; j < 3; j++)
                _scratch.File($"{folder}/f{j}", new string('c', i + j));
        }
        for (var i = 4; i < folders; i += 5)
            _scratch.Folder($"d{i}");
    }

    private void AssertSameAsFind(FileTree tree)
    {
        const string format = @"%P\0%m\0%U\0%G\0%s\0%T@\0%C@\0%i\0%n\0%y\0";
        var fields = ScratchFolder.Must(null, "find", _scratch.Root, "-printf", format).Split('\0');
        Assert.Equal(tree.Count, fields.Length / 10);
        for (var at = 0; at + 10 <= fields.Length; at += 10)
        {
            var index = tree.IndexOf(Encoding.Latin1.GetBytes(fields[at]));
            Assert.True(index >= 0, fields[at]);
            var entry = tree[index];
            string[] seen =
            [
                fields[at], Convert.ToString(entry.Mode & 0xFFF, 8), Text(entry.UserId), Text(entry.GroupId), Text(entry.Size),
                Seconds(entry.ModifiedNs), Seconds(entry.ChangedNs), Text((long)entry.Inode), Text(entry.Links),
                entry.Kind switch { FileKind.Directory => "d", FileKind.File => "f", FileKind.SymbolicLink => "l", _ => "p" },
            ];
            Assert.Equal(fields[at..(at + 10)], seen);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long ns) => $"{Text(ns / 1_000_000_000)}.{ns % 1_000_000_000:000000000}0";

    private sealed class Seen(Action<long> then) : IProgress<long>
    {
        public List<long> Counts { get; } = [];

        public void Report(long value)
        {
            Counts.Add(value);
            then(value);
        }
    }
}
