using System.IO.Compression;
using System.Text;
using RePlexOn.History;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

/// <summary>Logs that gzip has packed.</summary>
public sealed class PackedLogTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_read_a_packed_log_once()
    {
        Write(_scene.Log, Pack(LegacyScene.GoodRun("22") + LegacyScene.GoodRun("23")));

        LegacyImportResult first = _scene.Import(), again = _scene.Import();
        File.SetLastWriteTimeUtc(_scene.Log, _scene.Time.Now.UtcDateTime);
        LegacyImportResult touched = _scene.Import();

        Assert.Equal((2, 0, 0), (first.Added, again.Added, touched.Added));
        Assert.Empty(first.Notes);
        Assert.All(_scene.Runs, one => Assert.Equal((RunStatus.Succeeded, 24_265_611L), (one.Status, one.BytesSent)));
    }

    [Fact]
    public void Should_read_what_rotation_has_packed()
    {
        Write($"{_scene.Log}.2.gz", Pack(LegacyScene.GoodRun("21")));
        Write($"{_scene.Log}.1", Encoding.UTF8.GetBytes(LegacyScene.GoodRun("22")[..150]));
        _scene.Append(LegacyScene.GoodRun("22")[150..]);

        Assert.Equal(2, _scene.Import().Added);
        Assert.Equal([21, 22], _scene.Runs.Select(one => one.StartedAt.Day));
    }

    [Fact]
    public void Should_read_the_rest_of_a_log_that_was_rotated_and_packed()
    {
        string run = LegacyScene.GoodRun("23");
        _scene.Append(LegacyScene.GoodRun("22")).Append(run[..100]).Import();
        Write($"{_scene.Log}.1.gz", Pack(LegacyScene.GoodRun("22") + run[..^100]));
        File.Delete(_scene.Log);
        _scene.Append(run[^100..]).Import();

        Assert.Equal([22, 23], _scene.Runs.Select(one => one.StartedAt.Day));
        Assert.All(_scene.Runs, one => Assert.Equal(RunStatus.Succeeded, one.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_read_what_is_left_of_a_damaged_one_and_say_so_each_time(bool isCutOff)
    {
        byte[] packed = Pack(LegacyScene.GoodRun("22") + LegacyScene.GoodRun("23") + Noise(20_000));
        if (isCutOff) packed = packed[..^5000];
        else packed.AsSpan(packed.Length - 5000, 2000).Fill(0xff);
        Write(_scene.Log, packed);

        LegacyImportResult first = _scene.Import(), again = _scene.Import();

        Assert.Equal((2, 0), (first.Added, again.Added));
        Assert.All([first, again], one => Assert.Contains("damaged or was cut off", Assert.Single(one.Notes), StringComparison.Ordinal));
    }

    [Fact]
    public void Should_not_unpack_into_memory()
    {
        const int lines = 1_000_000;
        using (var file = new GZipStream(File.Create(_scene.Log), CompressionLevel.Fastest))
        {
            byte[] line = Encoding.ASCII.GetBytes(new string('x', 99) + "\n");
            for (int i = 0; i < lines; i++) file.Write(line);
            file.Write(Encoding.UTF8.GetBytes(LegacyScene.GoodRun("22")));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        LegacyImportResult result = _scene.Import();

        Assert.Equal(1, result.Added);
        Assert.True(result.BytesRead > lines * 100L);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    private static byte[] Pack(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    // It cannot be packed small.
    private static string Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(1).NextBytes(noise);
        return Convert.ToHexString(noise) + "\n";
    }

    private static void Write(string path, byte[] bytes) => File.WriteAllBytes(path, bytes);
}
