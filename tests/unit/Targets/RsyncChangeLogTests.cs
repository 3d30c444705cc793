using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RePlexOn.Processes;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Verification;

namespace RePlexOn.Tests.Targets;

public sealed class RsyncChangeLogTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task Should_tell_names_sizes_and_the_sums_that_the_algorithm_gives_by_itself()
    {
        string source = Source("b\\#", "with\nline", "lit\\#012eral", "ü", " ) ", "tab\t", new string('q', 250));
        foreach (RsyncComparison comparison in new[] { RsyncComparison.SizeAndTime, RsyncComparison.Content })
        {
            Dictionary<string, (long Bytes, FileSum? Sum)> told = await SendAsync(source, FileSumKind.Md5, comparison);
            Assert.Equal(
                Directory.GetFiles(source).ToDictionary(file => FileListPath.Of(Encoding.UTF8.GetBytes(Path.GetFileName(file))), Md5Of),
                told.ToDictionary(one => one.Key, one => $"{one.Value.Sum}"));
            Assert.All(told, one => Assert.Equal(FileListPath.Bytes(one.Key).Length, one.Value.Bytes));
        }

        // The same as `xxh128sum` gives, so it is not seeded.
        Dictionary<string, (long Bytes, FileSum? Sum)> sums = await SendAsync(source, FileSumKind.Xxh128, RsyncComparison.SizeAndTime);
        Assert.Equal("e492393995407e8cbbd7a14b2fce35b6", sums[FileListPath.Of("b\\#"u8)].Sum.ToString());
        IReadOnlyDictionary<string, FileSum> read = await TreeReading.SumsOfAsync(source, sums.Keys, FileSumKind.Xxh128, default);
        Assert.Equal(sums.ToDictionary(one => one.Key, one => one.Value.Sum), read.ToDictionary(one => one.Key, one => (FileSum?)one.Value));
    }

    [Fact]
    public async Task Should_take_no_name_for_a_note_and_pass_over_what_is_cut_off()
    {
        string path = _scratch.At("log");
        var names = new List<string>();
        var log = new RsyncChangeLog(path, (in record) => names.Add(Encoding.UTF8.GetString(record.PrintedPath)));
        string format = log.Arguments[1].Split('=', 2)[1];
        string Note(string name) => "2026/11/21 22:08:12 [1] " + format.Replace("%i %l %C %n", $">f+++++++++ 1 {new string('a', 32)} {name}", StringComparison.Ordinal) + "\n";
        string forged = "x\n2026/11/21 22:08:12 [1] MARK( >f+++++++++ 1 00000000000000000000000000000000 victim )MARK";
        string cutOff = Note("cut off").Replace(" )", "", StringComparison.Ordinal)[..^13] + "\n";
        string many = string.Concat(Enumerable.Range(0, 9000).Select(i => Note($"file {i}")));
        File.WriteAllText(path, "2026/11/21 22:08:12 [1] building file list\n" + Note(forged) + cutOff + Note("after") + many + "sent 1 bytes\n" + cutOff);
        await log.FollowAsync(Task.CompletedTask, () => FileSumKind.Md5);
        Assert.Equal([forged, "after", .. Enumerable.Range(0, 9000).Select(i => $"file {i}")], names);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Should_follow_what_is_written_in_pieces_and_wait_until_the_kind_of_sum_is_known()
    {
        string path = _scratch.At("log");
        var sums = new ConcurrentQueue<string>();
        using var taken = new SemaphoreSlim(0);
        var log = new RsyncChangeLog(path, (in record) =>
        {
            sums.Enqueue($"{Encoding.UTF8.GetString(record.PrintedPath)} {record.Sum}");
            taken.Release();
        });
        string format = log.Arguments[1].Split('=', 2)[1];
        string Note(char digit, string name) => format.Replace("%i %l %C %n", $">f+++++++++ 1 {new string(digit, 32)} {name}", StringComparison.Ordinal) + "\n";
        var writing = new TaskCompletionSource();
        FileSumKind? kind = null;
        Task following = log.FollowAsync(writing.Task, () => kind);

        string half = Note('b', "two");
        File.WriteAllText(path, Note('a', "one") + half[..20]);
        await Task.Delay(500);
        Assert.Empty(sums);
        kind = FileSumKind.Md5;
        await taken.WaitAsync();
        File.AppendAllText(path, half[20..]);
        await taken.WaitAsync();
        File.AppendAllText(path, Note('c', "three"));
        writing.SetResult();
        await following;

        Assert.Equal([$"one {new string('a', 32)}", $"two {new string('b', 32)}", $"three {new string('c', 32)}"], sums);
        Assert.False(File.Exists(path));
    }

    public void Dispose() => _scratch.Dispose();

    private string Source(params string[] names)
    {
        string folder = _scratch.Folder("source");
        foreach (string name in names) File.WriteAllText(Path.Combine(folder, name), name);
        return folder;
    }

    private async Task<Dictionary<string, (long Bytes, FileSum? Sum)>> SendAsync(string source, FileSumKind sums, RsyncComparison comparison)
    {
        var told = new Dictionary<string, (long, FileSum?)>();
        var log = new RsyncChangeLog(_scratch.At("log"), (in record) =>
        {
            if (record.Kind == 'f') told[FileListPath.Of(RsyncNames.UnescapeBytes(record.PrintedPath))] = (record.Bytes, record.Sum);
        });
        string target = _scratch.Folder($"target {sums}");
        await new RsyncClient(new ProgramRunner(), BackupTarget.Parse(target, new TargetOptions())).SendAsync(
            new RsyncSend
            {
                SourceFolder = source, DestinationRelative = "tree/", Log = log, Sums = sums, Comparison = comparison,
                TellUnchanged = comparison == RsyncComparison.Content,
            },
            progress: null, default);
        Assert.All(told, one => Assert.Equal(sums, one.Value.Item2?.Kind));
        return told;
    }

    private static string Md5Of(string path)
    {
#pragma warning disable CA5351 // what rsync itself uses
        return Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(path)));
#pragma warning restore CA5351
    }
}
