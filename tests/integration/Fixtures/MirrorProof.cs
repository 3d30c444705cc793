using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>Proves that a mirror is what it should be, by rsync itself and by what the manifest says.</summary>
internal static partial class MirrorProof
{
    /// <summary>The mirror equals the source in content, attributes and hard links; manifest and databases are whole.</summary>
    /// <param name="scene">Source and mirror.</param>
    /// <param name="exclude">What the configuration leaves out.</param>
    public static void IsEqual(Scene scene, params string[] exclude)
    {
        Assert.Equal("", Differences(scene, exclude));
        HasWholeDatabases(scene.Place);
    }

    /// <summary>What rsync would change in the mirror, comparing all content.</summary>
    public static string Differences(Scene scene, params string[] exclude)
    {
        BackupTarget target = scene.Place.Open();
        string[] environment = [.. target.ConnectionEnvironment.Select(pair => $"{pair.Key}={pair.Value}")];
        return ScratchFolder.Must(null, "env",
        [
            .. environment, "rsync", "-aHn", "--numeric-ids", "--checksum", "--delete", "--itemize-changes",
            .. target.ConnectionArguments, .. MirrorPatterns.For(exclude).RsyncArguments,
            scene.Source + "/", target.Location(TargetLayout.Mirror),
        ]);
    }

    /// <summary>The manifest says that the mirror is whole, and the databases are those that it names, and sound.</summary>
    public static BackupManifest HasWholeDatabases(Place place)
    {
        BackupManifest manifest = BackupManifest.FromJson(File.ReadAllBytes(place.InMirror(BackupManifest.RelativePath)))!;
        Assert.True(manifest.Complete);
        Assert.NotEmpty(manifest.Databases);
        foreach (CapturedDatabase database in manifest.Databases)
        {
            string copy = place.InMirror(database.Path);
            Assert.Equal(database.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(copy))));
            Assert.Empty(DatabaseCheck.Check(copy, null, CancellationToken.None).Problems);
        }

        string folder = place.InMirror(PlexDatabaseFiles.FolderRelativePath);
        string[] held = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file))];
        Assert.Equal(
            manifest.Databases.Select(database => Path.GetFileName(database.Path)).Order(),
            held.Where(name => name.EndsWith(".db", StringComparison.Ordinal)).Order());
        // A log of another moment beside a database would be replayed over it.
        Assert.DoesNotContain(held, name => SideFile().IsMatch(name));
        return manifest;
    }

    /// <summary>What the library database of the mirror says of itself.</summary>
    public static SampleDatabaseState Library(Place place) =>
        SampleDatabase.Verify(place.InMirror(PlexDatabaseFiles.LibraryRelativePath));

    /// <summary>All that lies in a folder, with attributes and a hash of each file: to show that nothing was changed.</summary>
    public static string Print(string folder)
    {
        string list = ScratchFolder.Must(null, "find", folder, "-printf", "%P %y %m %U:%G %T@ %s %l\\n");
        string sums = ScratchFolder.Must(null, "sh", "-c", "find \"$1\" -type f -print0 | sort -z | xargs -0r sha256sum", "sh", folder);
        string[] lines = list.Split('\n');
        Array.Sort(lines, StringComparer.Ordinal);
        return new StringBuilder().AppendJoin('\n', lines).Append(sums).ToString();
    }

    [GeneratedRegex(@"\.db-(wal|shm|journal)$")]
    private static partial Regex SideFile();
}
