using System.Runtime.InteropServices;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Plex.Databases;
using RePlexOn.Restore;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>What tests of restores ask of a scene.</summary>
internal static partial class RestoreScene
{
    private const string AccessList = "system.posix_acl_access";

    /// <summary>Restores within this process; to a folder, or in place where none is named.</summary>
    public static Task<BackupRun> RestoreAsync(this Scene scene, string? to = null, Func<RestoreOptions, RestoreOptions>? with = null)
    {
        var options = new RestoreOptions { ConfigurationPath = scene.ConfigurationPath, Destination = to };
        return new PlexRestore(TimeProvider.System).RunAsync(with?.Invoke(options) ?? options);
    }

    /// <summary>The same; the run must end well.</summary>
    public static async Task<BackupRun> RestoreWellAsync(this Scene scene, string? to = null, Func<RestoreOptions, RestoreOptions>? with = null) =>
        EndedWell(await scene.RestoreAsync(to, with));

    /// <summary>Undoes within this process; the run must end well.</summary>
    public static async Task<BackupRun> UndoWellAsync(this Scene scene) => EndedWell(
        await new PlexRestore(TimeProvider.System).UndoAsync(new RestoreOptions { ConfigurationPath = scene.ConfigurationPath }));

    /// <summary>Adds what file systems can hold beside plain files: owners, modes, links, a name that is no UTF-8.</summary>
    public static void AddOddities(this Scene scene)
    {
        string folder = Directory.CreateDirectory(scene.InSource("Metadata/oddities")).FullName;
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "content");
        ScratchFolder.HardLink(file, Path.Combine(folder, "twin"));
        File.CreateSymbolicLink(Path.Combine(folder, "dangling"), "nowhere/\"x\"");
        Directory.CreateDirectory(Path.Combine(folder, "empty"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ScratchFolder.Must(null, "bash", "-c", "cd \"$1\" && printf x > $'\\xe9 \\xff'", "bash", folder);
        ScratchFolder.Must(null, "chown", "1234:4321", file);
        ScratchFolder.Must(null, "chmod", "4751", file);
        ScratchFolder.Must(null, "chown", "-h", "33:44", Path.Combine(folder, "dangling"));
        ScratchFolder.Must(null, "touch", "-d", "2001-02-03T04:05:06.123456789Z", file);
    }

    /// <summary>Gives a file an extended attribute and an access control list.</summary>
    public static void SetAttributes(string path)
    {
        Assert.Equal(0, SetAttribute(path, "user.replexon", [1, 2, 3], 3, 0));

        // acl(5) as the kernel keeps it: version, then tag, permissions and number of each entry.
        using var list = new MemoryStream();
        using var writer = new BinaryWriter(list);
        writer.Write(2);
        foreach ((ushort tag, ushort permissions, uint number) in new (ushort, ushort, uint)[]
            { (1, 6, uint.MaxValue), (2, 4, 1234), (4, 4, uint.MaxValue), (16, 4, uint.MaxValue), (32, 0, uint.MaxValue) })
        {
            writer.Write(tag);
            writer.Write(permissions);
            writer.Write(number);
        }

        Assert.Equal(0, SetAttribute(path, AccessList, list.ToArray(), (nuint)list.Length, 0));
    }

    /// <summary>What rsync would change in a folder to make it as the source, comparing all; the databases left out.</summary>
    public static string Differences(string source, string restored, bool attributes = false) => ScratchFolder.Must(
        null, "rsync",
        [
            attributes ? "-aHAXnc" : "-aHnc", "--numeric-ids", "--delete", "--itemize-changes", "--modify-window=-1",
            .. MirrorPatterns.For([]).RsyncArguments, source + "/", restored + "/",
        ]);

    /// <summary>The databases in a folder are sound, and those of the manifest.</summary>
    public static void HasDatabases(string restored, BackupManifest manifest)
    {
        Assert.Equal(
            manifest.Databases.Select(one => Path.GetFileName(one.Path)).Order(),
            Directory.GetFiles(Path.Combine(restored, PlexDatabaseFiles.FolderRelativePath))
                .Select(path => Path.GetFileName(path)).Where(name => name.Contains(".db", StringComparison.Ordinal) && !name.Contains(".db-20", StringComparison.Ordinal)).Order());
        foreach (CapturedDatabase database in manifest.Databases)
        {
            Assert.Empty(DatabaseCheck.Check(Path.Combine(restored, database.Path), null, CancellationToken.None).Problems);
        }
    }

    /// <summary>All of the data directory, but for what restores keep in it.</summary>
    public static string PrintSource(this Scene scene)
    {
        string list = ScratchFolder.Must(null, "find", scene.Source, "-path", "*/.replexon", "-prune", "-o", "-printf", "%P %y %m %U:%G %T@ %s %l\\0");
        string sums = ScratchFolder.Must(
            null, "bash", "-c", "cd \"$1\" && find . -path ./.replexon -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum", "bash", scene.Source);
        return string.Join('\n', list.Split('\0').Order(StringComparer.Ordinal)) + sums;
    }

    private static BackupRun EndedWell(BackupRun run)
    {
        Assert.True(run.Status == RunStatus.Succeeded, $"{run.Status} {run.ErrorId}: {run.Message} {string.Join(' ', run.Warnings)}");
        return run;
    }

    [LibraryImport("libc", EntryPoint = "lsetxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAttribute(string path, string name, byte[] value, nuint size, int flags);
}
