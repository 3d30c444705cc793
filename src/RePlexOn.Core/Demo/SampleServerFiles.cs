using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Demo;

/// <summary>What a Plex server has only one of: its settings, its log, and the folders that need no backup.</summary>
internal static class SampleServerFiles
{
    private const string Version = "1.43.0.10467-2b1ba6e69";

    // Names that break what quotes, splits or globs carelessly.
    private static readonly string[] OddNames =
    [
        "it's 'quoted' and \"double quoted\".jpg", "-rf", "--delete", "ünïcödé – 日本語.jpg", "two\nlines.jpg",
        " blanks around ", "*?[glob]{a,b}", "#comment; $(not a command) `nor this`", "back\\slash", "tab\there",
        "~tilde", "+ plus", "percent%20sign", "emoji 🎬.jpg", "a#b:c@d",
    ];

    public static void Write(string root, SampleContent content, SampleOptions options)
    {
        SampleContent.WriteText(root, "Preferences.xml", Preferences(options.Seed), PrivateMode.File);
        SampleContent.WriteText(root, ".LocalAdminToken", "local-sample-not-a-real-token", PrivateMode.File);
        SampleContent.WriteText(root, "plexmediaserver.pid", "4242");
        SampleContent.WriteText(root, "Logs/Plex Media Server.log", Log());
        foreach (var (path, bytes) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            content.Write(root, path, bytes);
        }
        Directory.CreateDirectory(Path.Combine(root, "Updates"));
        if (options.OddNames) WriteOddNames(root, content);
    }

    private static readonly (string Path, int Bytes)[] Files =
    [
        ("Cache/cert-v2.p12", 4000), ("Cache/PhotoTranscoder/00/00aa.jpg", 30_000),
        ("Codecs/4ef-4a5-linux-x86_64/libhevc_decoder.so", 200_000), ("Crash Reports/1.43.0/report.dmp", 50_000),
        ("Diagnostics/diagnostics.zip", 20_000), ("Drivers/imd-177-linux-x86_64/dri/driver.so", 100_000),
        ("Logs/Plex Media Server.1.log", 300_000), ("Logs/PMS Plugin Logs/com.plexapp.system.log", 10_000),
        ("Plug-ins/Sample.bundle/Contents/Info.plist", 900), ("Plug-ins/Sample.bundle/Contents/Code/__init__.py", 5000),
        ("Plug-in Support/Caches/com.plexapp.system/HTTP.system/CacheInfo", 800),
        ("Plug-in Support/Data/com.plexapp.system/Dict", 1200),
        ("Plug-in Support/Databases/com.plexapp.dlna.db-2025-12-29", 8000),
        ("Plug-in Support/Databases/dbtmp/leftover", 3000),
        ("Plug-in Support/Metadata Combination/tv.plex.agents.movie.bundle/Contents/Info.xml", 700),
        ("Plug-in Support/Preferences/com.plexapp.system.xml", 400),
    ];

    private static void WriteOddNames(string root, SampleContent content)
    {
        const string folder = "Metadata/Playlists/d/it's an \"odd\" one.bundle/Uploads/posters";
        Directory.CreateDirectory(Path.Combine(root, folder));
        foreach (var name in OddNames) content.Write(root, $"{folder}/{name}", 2000);
    }

    private static string Preferences(int seed)
    {
        var machine = new Guid(seed, 0x5a4d, 0x4c45, [0x80, 0, 0, 0, 0, 0, 0, 1]).ToString();
#pragma warning disable CA5350 // Not a choice: Plex derives its public identifier with SHA-1, and nothing rests on it.
        var processed = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(machine + "- Plex Media Server")));
#pragma warning restore CA5350
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <Preferences OldestPreviousVersion="{Version}" MachineIdentifier="{machine}" ProcessedMachineIdentifier="{processed}" FriendlyName="Sample server" AcceptedEULA="1" PublishServerOnPlexOnlineKey="1" PlexOnlineToken="SAMPLE-NOT-A-TOKEN" PlexOnlineUsername="sample" PlexOnlineMail="sample@example.invalid" PlexOnlineHome="1" secureConnections="1" LanguageInCloud="1" ButlerTaskBackupDatabase="1"/>

            """;
    }

    private static string Log()
    {
        var time = SampleContent.Newest;
        var log = new StringBuilder();
        foreach (var (level, text) in LogLines)
        {
            time = time.AddMilliseconds(37);
            log.Append(CultureInfo.InvariantCulture, $"{time:MMM dd, yyyy HH:mm:ss.fff} [136529588505400] {level} - {text}\n");
        }
        return log.ToString();
    }

    private static readonly (string Level, string Text)[] LogLines =
    [
        ("INFO", $"Plex Media Server v{Version} - Sample PC x86_64 - build: linux-x86_64 debian - GMT 00:00"),
        ("INFO", "Linux version: 6.1.0, language: en-US"),
        ("DEBUG", "Request: [127.0.0.1:50002 (Loopback)] GET /identity (1 live) #1 Signed-in Token (sample)"),
        ("DEBUG", "Completed: [127.0.0.1:50002] 200 GET /identity (1 live) #1 0ms 398 bytes"),
    ];
}
