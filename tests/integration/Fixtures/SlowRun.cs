using System.Diagnostics;
using System.Globalization;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>Runs that a bandwidth limit makes slow enough to have a middle.</summary>
internal static class SlowRun
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    private const int KiBPerSecond = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A scene whose first backup takes many seconds.</summary>
    public static Scene Scene(Place place)
    {
        var scene = new Scene(place);
        File.WriteAllBytes(scene.InSource("Media/localhost/large"), Noise(6_000_000));
        Limit(scene);
        return scene;
    }

    /// <summary>Limits the bandwidth of the runs to come.</summary>
    public static void Limit(Scene scene) => scene.Configure(backup: new() { ["bandwidthLimitKiB"] = KiBPerSecond });

    /// <summary>Waits until rsync sends files into the mirror.</summary>
    public static Task InTheMiddleAsync(Scene scene) => UntilAsync(() => HasPart(scene.Place.Mirror, "large"));

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "What was waited for did not come.");
            await Task.Delay(20);
        }
    }

    /// <summary>Whether rsync writes a file of that name in a folder at the moment, and some of it is there.</summary>
    public static bool HasPart(string folder, string name) => Directory.Exists(folder)
        && new DirectoryInfo(folder).EnumerateFiles($".{name}.??????", SearchOption.AllDirectories)
            .Any(part => part is { Exists: true, Length: > 0 });

    /// <summary>The processes whose arguments hold a text.</summary>
    public static IReadOnlyList<int> ProcessesWith(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && ArgumentsOf(id).Contains(text, StringComparison.Ordinal)),
    ];

    /// <summary>The arguments of a process, separated by NUL; empty where it is gone.</summary>
    public static string ArgumentsOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Bytes that do not compress.</summary>
    public static byte[] Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(bytes).NextBytes(noise);
        return noise;
    }
}
