using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Demo;

/// <summary>Writes files of content that looks random, is no two times the same, and depends on the seed alone.</summary>
internal sealed class SampleContent
{
    /// <summary>No file is younger than this when it is made: what is changed later shows by its time.</summary>
    public static readonly DateTime Newest = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const int OldestDays = 1000;
    private readonly byte[] _noise = new byte[4 << 20];
    private readonly int _seed;

    public SampleContent(int seed)
    {
        _seed = seed;
        new Random(seed).NextBytes(_noise);
    }

    /// <summary>A name of 40 hexadecimal digits, as Plex gives to bundles and artwork.</summary>
    public string HexName(string of) => Convert.ToHexStringLower(Digest(of))[..40];

    /// <summary>Makes a file; its folder must be there.</summary>
    public void Write(string root, string relativePath, long bytes)
    {
        var digest = Digest(relativePath);
        var position = BinaryPrimitives.ReadUInt32LittleEndian(digest);
        using var file = File.OpenHandle(
            Path.Combine(root, relativePath), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        // A beginning of its own, so that no two files are alike; the rest is cut out of the noise.
        var own = (int)Math.Min(digest.Length, bytes);
        RandomAccess.Write(file, digest.AsSpan(0, own), 0);
        for (long written = own; written < bytes;)
        {
            var from = (int)((position + written) % _noise.Length);
            var part = (int)Math.Min(bytes - written, _noise.Length - from);
            RandomAccess.Write(file, _noise.AsSpan(from, part), written);
            written += part;
        }
        File.SetLastWriteTimeUtc(file, Newest.AddSeconds(-(position % (OldestDays * 86400))));
    }

    /// <summary>Makes a text file with its folder.</summary>
    public static void WriteText(
        string root, string relativePath, string text,
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        var path = Path.Combine(root, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        File.SetLastWriteTimeUtc(path, Newest);
    }

    private byte[] Digest(string of) => SHA256.HashData(Encoding.UTF8.GetBytes($"{_seed}:{of}"));
}
