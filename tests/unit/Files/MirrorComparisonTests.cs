using RePlexOn.Files;

namespace RePlexOn.Tests.Files;

public sealed class MirrorComparisonTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _source;
    private readonly string _mirror;

    public MirrorComparisonTests()
    {
        _source = _scratch.Folder("source");
        _mirror = _scratch.Folder("mirror");
        foreach (string path in (string[])["a/one", "a/two", "b/c/three", "b/four", "five", "z/last"])
        {
            _scratch.File("source/" + path, path);
        }

        File.CreateSymbolicLink(Path.Combine(_source, "a/link"), "one");
        ScratchFolder.Must(null, "rsync", "-aH", _source + "/", _mirror + "/");
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Should_find_nothing_in_a_mirror_left_alone() => Assert.Null(FindAfter(() => { }, () => { }));

    public static TheoryData<string, string> ChangesBehindOurBack => new()
    {
        { "rm mirror/a/two", "a" },
        { "rm -r mirror/b", "." },
        { "touch mirror/b/new", "b" },
        { "mv mirror/a/one mirror/a/uno", "a" },
        { "echo more >> mirror/five", "five" },
        { "touch -d 2001-01-01 mirror/z/last", "z/last" },
        { "rm mirror/a/link; ln -s two mirror/a/link; touch -r source/a mirror/a", "" },
        { "rm mirror/z/last; mkdir mirror/z/last", "z" },
    };

    [Theory]
    [MemberData(nameof(ChangesBehindOurBack))]
    public void Should_find_a_change_behind_our_back(string command, string where)
    {
        string? found = FindAfter(() => { }, () => Run(command));

        // A link to another place of the same kind is left to the regular full pass.
        if (where.Length == 0) Assert.Null(found);
        else Assert.NotNull(found);
    }

    [Theory]
    [InlineData("echo changed > source/five")]
    [InlineData("rm source/a/two")]
    [InlineData("rm -r source/b")]
    [InlineData("mkdir source/new; echo x > source/new/file")]
    [InlineData("mv source/a source/renamed")]
    [InlineData("rm -r source/b; echo file > source/b")]
    [InlineData("rm source/five; mkdir source/five; touch source/five/x")]
    public void Should_account_for_what_changed_in_the_source(string command) => Assert.Null(FindAfter(() => Run(command), () => { }));

    [Theory]
    [InlineData("rm source/a/two", "rm -r mirror/z")]
    [InlineData("mkdir source/a/x; touch source/a/x/y", "touch mirror/z/foreign")]
    [InlineData("rm -r source/b", "touch mirror/five.foreign")]
    public void Should_find_a_change_behind_our_back_beside_changes_of_the_source(string inSource, string inMirror) =>
        Assert.NotNull(FindAfter(() => Run(inSource), () => Run(inMirror)));

    private string? FindAfter(Action changeSource, Action changeMirror)
    {
        FileTree before = Scan(_source);
        changeSource();
        changeMirror();
        FileTree now = Scan(_source);
        return new MirrorComparison(before, now, TreeDifference.Compare(before, now), Scan(_mirror)).FindUnaccounted();
    }

    // Files this young would all be suspect, and so accounted for.
    private static FileTree Scan(string root) => new TreeScanner(FilePatterns.None, clock: new LateClock()).Scan(root);

    private void Run(string command) => ScratchFolder.Must(null, "bash", "-c", $"cd '{_scratch["."]}' && {command}");

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(1);
    }
}
