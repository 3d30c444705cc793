using System.Diagnostics;
using RePlexOn.Plex;

namespace RePlexOn.Tests.Plex;

public sealed class PlexExclusionsTests : IDisposable
{
    private readonly TemporaryPlex _plex = new();

    public void Dispose() => _plex.Dispose();

    [Fact]
    public void Should_leave_out_what_Plex_makes_again_and_nothing_else()
    {
        string[] left = ["Cache/a", "Codecs/a", "Crash Reports/a", "Diagnostics/a", "Drivers/a", "Logs/a", "Updates/a",
            "Plug-in Support/Caches/a", "Plug-in Support/Databases/dbtmp/a", ".LocalAdminToken", "plexmediaserver.pid"];
        string[] kept = ["Media/Cache/a", "Metadata/Logs/a", "Plug-in Support/Data/a", "Plug-in Support/Preferences/a", "Plug-ins/a"];
        var source = _plex.Create();
        foreach (var file in left.Concat(kept))
            _plex.Write("Plex Media Server/" + file, "");

        string[] words = ["-a", .. PlexExclusions.Defaults.Select(pattern => "--exclude=" + pattern), source + "/", _plex.At("copy")];
        using var rsync = Process.Start("rsync", words);
        rsync.WaitForExit();

        Assert.Equal(0, rsync.ExitCode);
        Assert.Equal(
            kept.Append("Preferences.xml").Append(PlexDataDirectory.LibraryDatabase).Order(StringComparer.Ordinal),
            Directory.GetFiles(_plex.At("copy"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_plex.At("copy"), file)).Order(StringComparer.Ordinal));
        Assert.All(PlexExclusions.All, exclusion => Assert.NotEmpty(exclusion.Reason));
    }
}
