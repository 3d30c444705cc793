using System.Security.Cryptography;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.ConfigurationBackups;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Snapshots;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>
/// Killed before, during or after any of the programs that it calls, a run loses nothing that was whole: one kill for each
/// call, through backup, snapshot and removal.
/// </summary>
public sealed class KilledAnywhereTests(Places places) : IClassFixture<Places>, IDisposable
{
    private const int FewestKills = 12;

    private readonly KillTrap _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData(TargetKind.Local, 0)]
    [InlineData(TargetKind.Daemon, 1)]
    public async Task Should_leave_every_whole_snapshot_whole_and_be_made_good(TargetKind kind, int firstStage)
    {
        using var scene = new Scene(places.New(kind), rows: 20);
        scene.Configure(others: ("retention", new { keepLast = 2, keepWeekly = 0 }));
        await BackUpWellAsync(scene);
        await BackUpWellAsync(scene);
        var phases = new HashSet<RunKind>();
        int kills = 0;
        while (true)
        {
            SampleLibrary.ChangeSome(scene.Source, share: 0.1, seed: kills);
            KeyValuePair<string, string>[] before = [.. (await WholeAsync(scene)).OrderByDescending(one => one.Key, StringComparer.Ordinal)];
            Assert.Equal(2, before.Length);

            if (!await _trap.StrikesAsync(scene, kills + 1, (KillStage)((kills + firstStage) % 3), "backup", "--snapshot")) break;

            kills++;
            BackupRun killed = scene.History[0];
            Dictionary<string, string> after = await WholeAsync(scene);
            // Between two runs, while it is looked whether a snapshot has to go, there is none to be interrupted.
            bool isBetween = killed is { Kind: RunKind.Snapshot, Status: RunStatus.Succeeded } && after.Count > 2;
            Assert.True(isBetween || killed.Status == RunStatus.Interrupted, $"{killed.Kind} {killed.Status}");
            phases.Add(killed.Kind);
            AssertKept(before, after);
            await BackUpWellAsync(scene);
            Assert.Equal(killed.Status, scene.History.Single(run => run.Id == killed.Id).Status);
        }

        Assert.True(kills >= FewestKills, $"{kills} kills");
        Assert.Equal([RunKind.Mirror, RunKind.Snapshot, RunKind.Prune], phases.Order());
    }

    [Theory]
    [InlineData(TargetKind.Local, 0)]
    [InlineData(TargetKind.Daemon, 1)]
    public async Task Should_leave_the_configuration_s_last_whole_backup_whole(TargetKind kind, int firstStage)
    {
        using var scene = new Scene(places.New(kind));
        Directory.CreateDirectory(scene.Place.Mirror);
        Configure(scene, keep: 1000);
        Assert.Equal(0, (await scene.CommandAsync("config", "backup")).ExitCode);
        int kills = 0;
        while (true)
        {
            byte[] before = File.ReadAllBytes(scene.ConfigurationPath);
            Configure(scene, keep: 1001 + kills);

            if (!await _trap.StrikesAsync(scene, kills + 1, (KillStage)((kills + firstStage) % 3), "config", "backup")) break;

            kills++;
            Assert.Equal((RunKind.ConfigBackup, RunStatus.Interrupted), (scene.History[0].Kind, scene.History[0].Status));
            string back = scene.Beside($"back {kills}");
            BackupRun restored = await new ConfigurationRestore(TimeProvider.System).RunAsync(
                new ConfigurationRestoreOptions { ConfigurationPath = scene.ConfigurationPath, DestinationPath = back });
            Assert.True(restored.Status == RunStatus.Succeeded, restored.Message);
            byte[] found = File.ReadAllBytes(back + "/files" + scene.ConfigurationPath);
            Assert.Contains(found, new[] { before, File.ReadAllBytes(scene.ConfigurationPath) });
            Assert.Equal(0, (await scene.CommandAsync("config", "backup")).ExitCode);
        }

        Assert.True(kills >= 6, $"{kills} kills");
    }

    // The rules keep two. So the newest stays, and the other one may only go, or be on its way, once a third is whole.
    private static void AssertKept(KeyValuePair<string, string>[] before, Dictionary<string, string> after)
    {
        Assert.Equal(before[0].Value, after.GetValueOrDefault(before[0].Key));
        bool isThirdWhole = after.Keys.Except(before.Select(one => one.Key)).Any();
        if (!isThirdWhole || after.ContainsKey(before[1].Key)) Assert.Equal(before[1].Value, after.GetValueOrDefault(before[1].Key));
    }

    /// <summary>The whole snapshots, each with the hash of all its names and contents.</summary>
    private static async Task<Dictionary<string, string>> WholeAsync(Scene scene)
    {
        IReadOnlyList<PlexSnapshot> snapshots = await new SnapshotCatalog(TimeProvider.System)
            .ListAsync(new ConfigurationStore().Load(scene.ConfigurationPath));
        return snapshots.Where(one => one.IsWhole).ToDictionary(
            one => one.Name, one => HashOf(Path.Combine(scene.Place.Folder, TargetLayout.Snapshots, one.Name)));
    }

    // Times and modes are left aside: a file whose attributes alone change shows the new ones in its snapshots too.
    private static string HashOf(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options).OrderBy(one => one.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{entry.FullName} {entry.LinkTarget}\0"));
            if (entry is FileInfo { LinkTarget: null }) hash.AppendData(File.ReadAllBytes(entry.FullName));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task BackUpWellAsync(Scene scene)
    {
        IReadOnlyList<BackupRun> runs = await new PlexBackup(TimeProvider.System).RunAsync(
            new MirrorOptions { ConfigurationPath = scene.ConfigurationPath, Force = true }, SnapshotWish.Always);
        Assert.All(runs, run => Assert.True(run.Status == RunStatus.Succeeded, $"{run.Kind}: {run.Message} {string.Join(' ', run.Warnings)}"));
        Assert.Contains(runs, run => run.Kind == RunKind.Snapshot);
        MirrorProof.IsEqual(scene);
    }

    private static void Configure(Scene scene, int keep) => scene.Configure(others: ("configurationBackups", new { keep }));
}
