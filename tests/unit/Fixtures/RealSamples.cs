namespace RePlexOn.Tests.Fixtures;

/// <summary>
/// Files of real servers, in the folder that REPLEXON_SAMPLES names: <c>logs</c>, <c>prefs</c>, <c>api</c>. Tests that read
/// them have nothing to read where there is none.
/// </summary>
internal static class RealSamples
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("REPLEXON_SAMPLES");

    /// <summary>The files of a folder.</summary>
    public static IEnumerable<string> In(string folder, string pattern = "*") =>
        Folder is { Length: > 0 } ? Directory.EnumerateFiles(Path.Combine(Folder, folder), pattern) : [];
}
