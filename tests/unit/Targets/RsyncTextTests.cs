using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Targets;

namespace RePlexOn.Tests.Targets;

public sealed class RsyncTextTests
{
    [Fact]
    public void Should_read_back_any_name_that_rsync_escapes()
    {
        var letters = Gen.Elements("a\\#012345678\té\n\u0001\uFFFD😀".EnumerateRunes().Select(r => r.ToString()).ToArray());
        Prop.ForAll(letters.ListOf().Select(l => string.Concat(l)).ToArbitrary(), name =>
            Assert.Equal(name, RsyncNames.Unescape(Escape(name)))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(@"\#", @"\#")]
    [InlineData(@"a\#01", @"a\#01")]
    [InlineData(@"a\#089", @"a\#089")]
    [InlineData(@"a\#777", @"a\#777")]
    [InlineData(@"\#377", "\uFFFD")]
    [InlineData(@"\#134#012", @"\#012")]
    public void Should_leave_alone_what_is_no_escape(string text, string name) => Assert.Equal(name, RsyncNames.Unescape(text));

    [Fact]
    public void Should_keep_a_message_on_one_line() => Assert.Equal("a\uFFFDbé", RsyncNames.UnescapeLine(@"a\#012b\#303\#251"));

    [Fact]
    public void Should_read_progress()
    {
        var reports = new List<RsyncProgress>();
        var output = new RsyncOutput(null, new Direct(reports));
        output.Add("        1200000  66%  556.50MB/s    0:00:00 (xfr#2, ir-chk=1/4)");
        output.Add("        1500000  70%    2.00kB/s    1:02:03  ");
        output.Add("              0   0%    0.00kB/s    ??:??:??");
        Assert.Equal(
            [
                new RsyncProgress(1200000, 556.5 * 1024 * 1024, null, 2),
                new RsyncProgress(1500000, 2048, new TimeSpan(1, 2, 3), 2),
                new RsyncProgress(0, 0, null, 2),
            ], reports);
    }

    [Theory]
    [InlineData("Client negotiated checksum: xxh128", FileSumKind.Xxh128)]
    [InlineData("Client checksum: md5", FileSumKind.Md5)]
    [InlineData("Client checksum: md4", null)]
    public void Should_learn_the_kind_of_sum(string line, FileSumKind? kind)
    {
        var output = new RsyncOutput(null, null);
        output.Add(line);
        Assert.Equal(kind, output.SumKind);
    }

    [Fact]
    public void Should_not_take_a_name_for_a_figure()
    {
        var changes = new List<RsyncChange>();
        var output = new RsyncOutput(changes.Add, null);
        output.Add("Client negotiated checksum: xxh128");
        output.Add("|<f+++++++++|7|0123456789abcdef0123456789abcdef|Number of files: 9|x");
        output.Add("Number of files: 3 (reg: 1, dir: 2)");
        output.Add("Number of deleted files: 2 (dir: 2)");
        var expected = new RsyncChange(RsyncChangeKind.Sent, "Number of files: 9|x", 7, "<f+++++++++")
        {
            PrintedPath = "Number of files: 9|x", Sum = new FileSum(FileSumKind.Xxh128, 0x0123456789abcdef, 0x0123456789abcdef),
        };
        Assert.Equal(expected, Assert.Single(changes));
        Assert.Equal(new RsyncStatistics { EntriesTotal = 3, FilesTotal = 1, EntriesDeleted = 2 }, output.Statistics);
    }

    [Theory]
    [InlineData("rsync: [sender] send_files failed to open \"/x/@ERROR: auth failed on module\": Permission denied (13)")]
    [InlineData("rsync: [sender] send_files failed to open \"/x/No space left on device (28)\": Permission denied (13)")]
    [InlineData("file has vanished: \"/x/Host key verification failed.\"")]
    [InlineData("file has vanished: \"/x/rsync: not found\"")]
    [InlineData("rsync: [generator] chown \"/x\" failed: Operation not permitted (1)")]
    public void Should_not_take_a_file_name_for_a_cause(string line) => Assert.Null(RsyncFailure.Find(line));

    [Theory]
    [InlineData("rsync: mkdir \"/x/plex-current\" failed: No such file or directory (2)", "TargetFolderMissing")]
    [InlineData("rsync: write failed on \"/tmp/x\": No space left on device (28)", "NoRoom")]
    [InlineData("rsync: [receiver] write failed on \"/x\" (in m): Disk quota exceeded (122)", "NoRoom")]
    [InlineData("rsync: change_dir \"/x\" failed: No such file or directory (2)", "SourceMissing")]
    [InlineData("rsync: server sent \"SSH-2.0-OpenSSH_9.2p1\" rather than greeting", "TargetNotRsync")]
    [InlineData("sh: 1: rsync: not found", "RsyncMissingOnTarget")]
    [InlineData("ash: rsync: command not found", "RsyncMissingOnTarget")]
    [InlineData("ssh: connect to host nas port 22: No route to host", "TargetUnreachable")]
    public void Should_know_the_words_of_older_and_other_systems(string line, string id) => Assert.Equal(id, RsyncFailure.Find(line)?.Id);

    [Fact]
    public void Should_bound_the_warnings_and_still_find_the_cause()
    {
        var errors = new RsyncErrorLog();
        for (var line = 0; line < 10_000; line++) errors.Add($"file has vanished: \"/x/{line}\"");
        errors.Add("rsync: [receiver] write failed on \"/x\": No space left on device (28)");
        errors.Add("rsync error: error in file IO (code 11) at receiver.c(657) [receiver=3.5.0]");
        Assert.Equal(RsyncErrorLog.MostWarnings + 1, errors.Warnings.Count);
        Assert.Equal("NoRoom", errors.Cause?.Id);
    }

    /// <summary>What rsync does in the C locale.</summary>
    private static string Escape(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length; at++)
        {
            var looksEscaped = bytes[at] == '\\' && at + 4 < bytes.Length && bytes[at + 1] == '#' &&
                bytes.AsSpan(at + 2, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
            if (looksEscaped || (bytes[at] is < 0x20 or > 0x7E && bytes[at] != '\t'))
                text.Append("\\#").Append(Convert.ToString(bytes[at], 8).PadLeft(3, '0'));
            else
                text.Append((char)bytes[at]);
        }

        return text.ToString();
    }

    private sealed class Direct(List<RsyncProgress> reports) : IProgress<RsyncProgress>
    {
        public void Report(RsyncProgress value) => reports.Add(value);
    }
}
