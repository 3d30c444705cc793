using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Files;

namespace RePlexOn.Tests.Files;

public sealed class FilePatternsTests : IDisposable
{
    private static readonly string[] NameParts = ["a", "b", "ab", "*", "**", "?", "[", "]", "\\", "-", " ", "!", "\u00e9", "\n", "^", "#"];
    private static readonly string[] PatternParts =
        ["a", "b", "a", "b", "*", "**", "?", "[ab]", "[^a]", "[!b]", "[a-c]", "[]a]", "[*?]", "[\\]\\\\-]", "\\*", "\\?", "\\[", "\\\\", "\\a", "-", " ", "]", "!", "\u00e9", "\n", "/", "/", "/**/", "**/", "#"];

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("name", "name", false, true)]
    [InlineData("name", "a/name", false, true)]
    [InlineData("name", "a/name/b", false, true)]
    [InlineData("name", "a/rename", false, false)]
    [InlineData("/name", "a/name", false, false)]
    [InlineData("name/", "a/name", false, false)]
    [InlineData("name/", "a/name", true, true)]
    [InlineData("b/c", "a/b/c", false, true)]
    [InlineData("b/c", "ab/c", false, false)]
    [InlineData("b*/c", "a/bb/c", false, true)]
    [InlineData("/b*/c", "a/bb/c", false, false)]
    [InlineData("*.db-wal", "x/lib.db-wal", false, true)]
    [InlineData("*.db-wal", "x/lib.db-wal2", false, false)]
    [InlineData("/Media/**/*.bif", "Media/a/b/i.bif", false, true)]
    [InlineData("/Media/**/*.bif", "Media/i.bif", false, false)]
    [InlineData("*x/**", "a/b/cx/d", false, true)]
    [InlineData("a?c", "a/c", false, false)]
    [InlineData("\\*", "*", false, true)]
    [InlineData("\\*", "x", false, false)]
    [InlineData("Plug-in Support/Caches", "Plug-in Support/Caches", true, true)]
    [InlineData("*", "", true, false)]
    public void Should_match_as_documented(string pattern, string path, bool isDirectory, bool expected) =>
        Assert.Equal(expected, FilePatterns.Parse([pattern], []).Excludes(ScratchFolder.Bytes(path), isDirectory));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/../b")]
    [InlineData("a***")]
    [InlineData("[ab")]
    [InlineData("[")]
    [InlineData("a\\")]
    [InlineData("a\\/")]
    [InlineData("[a/b]")]
    [InlineData("[[:digit:]]")]
    [InlineData("[\u00e9]")]
    [InlineData("[z-a]")]
    [InlineData("a\0b")]
    public void Should_refuse_what_it_cannot_share_with_rsync(string pattern)
    {
        var error = Assert.Throws<RePlexOnException>(() => FilePatterns.Parse([pattern], []));
        Assert.Equal("BadPattern", error.ErrorId);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void Should_refuse_an_endless_pattern() =>
        Assert.Throws<RePlexOnException>(() => FilePatterns.Parse([new string('a', 1001)], []));

    [Fact]
    public void Should_refuse_half_a_character() =>
        Assert.Throws<RePlexOnException>(() => FilePatterns.Parse(["a\ud800"], []));

    [Fact]
    public void Should_write_rules_for_rsync()
    {
        var patterns = FilePatterns.Parse(["/Cache/", "a b", "back\\\\slash"], ["*.tmp", "lit\\*eral", "a/**"]);
        Assert.Equal(
            ["--filter=- /Cache/", "--filter=- a b", "--filter=- back\\slash", "--filter=H *.tmp", "--filter=H lit[*]eral", "--filter=H **/a/**"],
            patterns.RsyncArguments);
    }

    [Fact]
    public void Should_change_its_fingerprint_with_any_rule()
    {
        FilePatterns[] all =
        [
            FilePatterns.None, FilePatterns.Parse(["a"], []), FilePatterns.Parse([], ["a"]), FilePatterns.Parse(["a/"], []),
            FilePatterns.Parse(["a", "b"], []), FilePatterns.Parse(["a"], ["b"]),
        ];
        Assert.Equal(all.Length, all.Select(patterns => patterns.Fingerprint).Distinct().Count());
        Assert.Equal(FilePatterns.Parse(["a"], ["b"]).Fingerprint, FilePatterns.Parse(["a"], ["b"]).Fingerprint);
    }

    [Fact]
    public void Should_be_hidden_from_the_copy_and_removed_or_protected_on_the_target()
    {
        foreach (var tree in new[] { "from", "to" })
            foreach (var name in new[] { "kept", "protected", "hidden" })
                _scratch.File($"{tree}/{name}", tree);
        var patterns = FilePatterns.Parse(["protected"], ["hidden"]);
        ScratchFolder.Must(null, "rsync", ["-a", "--delete", .. patterns.RsyncArguments, _scratch["from"] + "/", _scratch["to"] + "/"]);
        Assert.Equal("to", File.ReadAllText(_scratch["to/protected"]));
        Assert.False(File.Exists(_scratch["to/hidden"]));
    }

    [Fact]
    public void Should_match_only_itself_when_escaped() =>
        Prop.ForAll(Name().ToArbitrary(), Name().ToArbitrary(), (name, other) =>
        {
            var patterns = FilePatterns.Parse(["/" + FilePatterns.Escape(name)], []);
            return patterns.Excludes(ScratchFolder.Bytes(name), false)
                && patterns.Excludes(ScratchFolder.Bytes(other), false) == (name == other);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Should_leave_out_what_rsync_leaves_out()
    {
        // One rich tree, many rules: what rsync lists under the rules against what the rules say themselves.
        var source = _scratch.Folder("source");
        var paths = new List<(byte[] Path, bool IsDirectory)>();
        foreach (var path in Gen.Sample(Path(), 400).Distinct())
        {
            var full = source + "/" + path;
            if (File.Exists(full) || Directory.Exists(full))
                continue;
            try
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
                File.WriteAllText(full, "");
            }
            catch (IOException)
            {
                // A file is where this path would need a folder.
            }
        }
        var all = new TreeScanner(FilePatterns.None).Scan(source);
        Prop.ForAll(Rules().ToArbitrary(), rules =>
        {
            var patterns = FilePatterns.Parse(rules.Excluded, rules.Hidden);
            var listed = Listed(source, [.. patterns.RsyncArguments]);
            var expected = Enumerable.Range(1, all.Count - 1)
                .Where(i => !patterns.Excludes(all[i].Path, all[i].Kind == FileKind.Directory))
                .Select(i => Encoding.Latin1.GetString(all[i].Path)).Order(StringComparer.Ordinal);
            var scanned = new TreeScanner(patterns).Scan(source);
            var seen = Enumerable.Range(1, scanned.Count - 1)
                .Select(i => Encoding.Latin1.GetString(scanned[i].Path)).Order(StringComparer.Ordinal);
            Assert.Equal(listed, expected);
            Assert.Equal(listed, seen);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(120));
    }

    /// <summary>The paths that rsync would send to an empty folder.</summary>
    private string[] Listed(string source, string[] rules)
    {
        var output = ScratchFolder.Must(
            null, "rsync", ["-an", "--out-format=%n", .. rules, source + "/", _scratch.Folder("nowhere") + "/"]);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line != "./").Select(line => Unescaped(line.TrimEnd('/'))).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>rsync writes an unprintable byte as \#ooo; a backslash that would look like the start of one, too.</summary>
    private static string Unescaped(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 4 < text.Length && text[i] == '\\' && text[i + 1] == '#' && text.AsSpan(i + 2, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)Convert.ToInt32(text.Substring(i + 2, 3), 8));
                i += 4;
            }
            else
                plain.Append(text[i]);
        }
        return plain.ToString();
    }

    private static Gen<string> Joined(string[] parts, int most) =>
        Gen.Choose(1, most).SelectMany(count => Gen.ArrayOf(Gen.Elements(parts), count)).Select(string.Concat);

    private static Gen<string> Name() => Joined(NameParts, 4).Where(name => name is not ("." or ".."));

    private static Gen<string> Path() =>
        Gen.Choose(1, 5).SelectMany(depth => Gen.ArrayOf(Name(), depth)).Select(parts => string.Join('/', parts));

    private static Gen<string> Pattern() => Joined(PatternParts, 6).Where(IsPattern);

    private static Gen<(string[] Excluded, string[] Hidden)> Rules() =>
        from excluded in Gen.Choose(0, 2).SelectMany(count => Gen.ArrayOf(Pattern(), count))
        from hidden in Gen.Choose(0, 2).SelectMany(count => Gen.ArrayOf(Pattern(), count))
        select (excluded, hidden);

    private static bool IsPattern(string text)
    {
        try
        {
            FilePatterns.Parse([text], []);
            return true;
        }
        catch (RePlexOnException)
        {
            return false;
        }
    }
}
