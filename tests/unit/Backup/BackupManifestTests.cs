using System.Text;
using RePlexOn.Backup;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Backup;

public sealed class BackupManifestTests
{
    private static readonly BackupManifest Manifest = new()
    {
        Complete = true,
        RunId = "01a1ff6d-a82d-79cf-934b-67004ef5cddf",
        ToolVersion = "0.1.0",
        Host = "plex",
        Source = "/var/lib/Plex Media Server",
        MachineIdentifier = "d4547900635c5ff82b3460e5a383c946476628f9",
        PlexVersion = "1.43.0.10467-2b1ba6e69",
        StartedAt = new DateTimeOffset(2026, 3, 29, 1, 59, 59, 123, TimeSpan.FromHours(1)),
        EndedAt = new DateTimeOffset(2026, 3, 29, 3, 0, 7, TimeSpan.FromHours(2)),
        Files = 102_345,
        Bytes = 9_876_543_210,
        Databases = [new CapturedDatabase("Plug-in Support/Databases/ü \"x\".db", 4096, new string('a', 64), DateTimeOffset.UnixEpoch, 21)],
        FileListSha256 = new string('b', 64),
    };

    [Fact]
    public void Should_come_back_as_it_was_stored()
    {
        BackupManifest read = BackupManifest.FromJson(Manifest.ToJson())!;
        Assert.Equal(Manifest.Databases, read.Databases);
        Assert.Equal(Manifest, read with { Databases = Manifest.Databases });
    }

    [Fact]
    public void Should_read_a_manifest_cut_short_anywhere_as_none()
    {
        byte[] json = Manifest.ToJson();
        for (int length = 0; length < json.Length; length++) Assert.Null(BackupManifest.FromJson(json.AsSpan(0, length)));
    }

    [Fact]
    public void Should_read_other_json_as_none()
    {
        Assert.Null(BackupManifest.FromJson("null"u8));
        Assert.Null(BackupManifest.FromJson("[]"u8));
        Assert.Null(BackupManifest.FromJson("{\"complete\":true}"u8));
    }

    [Fact]
    public void Should_refuse_a_manifest_of_a_newer_format()
    {
        string json = Encoding.UTF8.GetString(Manifest.ToJson()).Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal);
        var error = Assert.Throws<RePlexOnException>(() => BackupManifest.FromJson(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("ManifestTooNew", error.ErrorId);
    }
}
