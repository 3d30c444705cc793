using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Plex.Databases;
using RePlexOn.Verification;

namespace RePlexOn.Tests.Verification;

public sealed class BackupVerificationTests
{
    public static IEnumerable<object[]> Kinds => VerificationScene.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_find_good_what_is_good_though_the_source_has_moved_on(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind);
        await scene.BackUpAsync();
        SampleLibrary.ChangeSome(scene.Source, share: 0.3, seed: 1);
        string snapshot = await scene.SnapshotAsync();
        SampleLibrary.ChangeSome(scene.Source, share: 0.3, seed: 2);
        await scene.BackUpAsync();
        SampleLibrary.ChangeSome(scene.Source, share: 0.3, seed: 3);
        foreach (string? name in new[] { null, snapshot })
        {
            foreach (VerificationDepth depth in Enum.GetValues<VerificationDepth>())
            {
                VerificationResult result = await scene.VerifyAsync(depth, name);
                AssertGood(result);
                Assert.True(result.FilesChecked > 60);
                Assert.Equal(depth == VerificationDepth.Quick, result.FilesRead == 0);
            }
        }

        Assert.NotNull(scene.Status().LastVerifiedAt);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_find_good_what_grew_while_it_was_being_sent(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind);
        string growing = Path.Combine(scene.Source, "Metadata", "growing"), list = Path.Combine(scene.Mirror, BackupManifest.FileListRelativePath);
        await using (var writer = new GrowingFile(growing))
        {
            await scene.BackUpAsync();
            AssertGood(await scene.VerifyAsync(VerificationDepth.Quick));
            AssertGood(await scene.VerifyAsync(VerificationDepth.Full));
        }

        // It was listed with one size and sent with another; of the others all is known.
        Assert.Equal(new ListedEntry('f', null, null), Listed(list)["Metadata/growing"]);
        Assert.All(
            Listed(list).Where(entry => entry.Value.IsFile && entry.Key != "Metadata/growing"), entry => Assert.NotNull(entry.Value.Sum));

        await scene.BackUpAsync();
        Assert.Equal(new FileInfo(growing).Length, Listed(list)["Metadata/growing"].Bytes);
        AssertGood(await scene.VerifyAsync(VerificationDepth.Full));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("added")]
    [InlineData("removed")]
    [InlineData("removed and added")]
    [InlineData("edited within its size")]
    [InlineData("edited within its size, and another removed")]
    [InlineData("other mode")]
    [InlineData("folder removed")]
    public async Task Should_know_what_a_snapshot_through_a_daemon_holds_though_the_source_changes_before_it_is_sent(string change)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("daemon");
        await scene.BackUpAsync();
        string[] files = [.. VerificationScene.FilesOf(scene.Source).Where(path => path.Contains("/Metadata/", StringComparison.Ordinal))];
        string snapshot = await scene.SnapshotAsync(() =>
        {
            if (change.StartsWith("edited", StringComparison.Ordinal)) File.WriteAllBytes(files[0], [.. File.ReadAllBytes(files[0]).Select(one => (byte)~one)]);
            if (change.Contains("added", StringComparison.Ordinal)) File.WriteAllText(files[1] + ".new", "new");
            if (change.Contains("removed", StringComparison.Ordinal)) File.Delete(files[2]);
            if (change == "other mode") File.SetUnixFileMode(files[3], UnixFileMode.UserRead);
            if (change == "folder removed") Directory.Delete(Path.GetDirectoryName(files[4])!, recursive: true);
        });

        string folder = scene.SnapshotFolder(snapshot);
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Full, snapshot);
        AssertGood(result);
        Assert.Equal(VerificationScene.FilesOf(folder).Length + 1, result.FilesRead + result.FilesUnproven); // and one whose name .NET cannot write
        Assert.InRange(result.FilesUnproven, 0, 1);
        Assert.DoesNotContain(VerificationScene.Differences(scene.Source, folder), path => path.StartsWith("Metadata/", StringComparison.Ordinal));

        // What it shares with the mirror it shares, and the list tells damage from that.
        File.WriteAllText(Path.Combine(folder, Path.GetRelativePath(scene.Source, files[^1])), "damaged");
        Assert.Contains((await scene.VerifyAsync(VerificationDepth.Full)).Findings, finding => finding.Kind == VerificationFindingKind.Different);
        Assert.Contains((await scene.VerifyAsync(VerificationDepth.Full, snapshot)).Findings, finding => finding.Kind == VerificationFindingKind.Different);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_find_every_one_of_a_thousand_damages_in_the_mirror_and_in_a_snapshot_that_shares_its_files(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind, files: 1300);
        string snapshot = await scene.SnapshotAsync();
        string snapshotFolder = scene.SnapshotFolder(snapshot);
        string kept = scene.Keep(scene.Mirror), keptSnapshot = scene.Keep(snapshotFolder);
        Damage.Plant(scene.Mirror, 1000, seed: 7);

        VerificationResult mirror = await scene.VerifyAsync(VerificationDepth.Full);
        string[] differences = VerificationScene.Differences(kept, scene.Mirror);
        Assert.InRange(differences.Length, 990, 1010);
        Assert.Equal(differences, PathsOf(mirror));
        Assert.Equal(ExitCode.VerificationFailed, mirror.Run.ExitCode);
        foreach (var kindOfDamage in new[] { VerificationFindingKind.Different, VerificationFindingKind.Missing, VerificationFindingKind.Foreign })
        {
            Assert.Contains(mirror.Findings, finding => finding.Kind == kindOfDamage);
        }


        VerificationResult shared = await scene.VerifyAsync(VerificationDepth.Full, snapshot);
        Assert.Equal(VerificationScene.Differences(keptSnapshot, snapshotFolder), PathsOf(shared));
        Assert.True(shared.Findings.Count > 700);
    }

    [Fact]
    public async Task Should_find_damage_in_a_snapshot_whose_files_the_source_no_longer_has()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        string snapshot = await scene.SnapshotAsync();
        Directory.Delete(Path.Combine(scene.Source, "Metadata"), recursive: true);
        Directory.CreateDirectory(Path.Combine(scene.Source, "Metadata"));
        await scene.BackUpAsync();
        string kept = scene.Keep(scene.SnapshotFolder(snapshot));
        Damage.Plant(scene.SnapshotFolder(snapshot), 40, seed: 3);
        Assert.Equal(
            VerificationScene.Differences(kept, scene.SnapshotFolder(snapshot)),
            PathsOf(await scene.VerifyAsync(VerificationDepth.Full, snapshot)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_find_what_a_sample_reads_and_read_the_same_again_with_the_same_seed(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind);
        await scene.BackUpAsync();
        var random = new Random(1);
        foreach (string file in VerificationScene.FilesOf(scene.Mirror))
        {
            if (!file.EndsWith(".db", StringComparison.Ordinal) && new FileInfo(file).Length > 0) Damage.Flip(file, random);
        }

        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Sample, sample: 20);
        Assert.Equal(20, result.Findings.Count);
        Assert.Equal(PathsOf(result), PathsOf(await scene.VerifyAsync(VerificationDepth.Sample, sample: 20, seed: result.Seed)));
    }

    [Fact]
    public async Task Should_put_the_mirror_right_with_the_next_backup()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        Damage.Plant(scene.Mirror, 50, seed: 2);
        Assert.False((await scene.VerifyAsync(VerificationDepth.Full)).IsGood);
        Assert.Null(scene.Status().LastVerifiedAt);
        Assert.Equal(BackupHealth.Failing, scene.Status().Health);
        Assert.Equal(nameof(MirrorPass.FullByContent), (await scene.BackUpAsync()).Pass);
        Assert.Equal(BackupHealth.Healthy, scene.Status().Health);
        AssertGood(await scene.VerifyAsync(VerificationDepth.Full));
    }

    [Fact]
    public async Task Should_find_good_what_was_backed_up_after_a_run_that_did_not_end()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        SampleLibrary.ChangeSome(scene.Source, share: 0.4, seed: 1);
        Directory.Delete(Path.Combine(scene.Source, "Plug-ins"), recursive: true);
        await using (var writer = new SampleWriter(scene.Source))
        {
            writer.Start();
            while (writer.CommitsDone < 2) await Task.Delay(10);
        }

        using var stop = new CancellationTokenSource();
        BackupRun stopped = await scene.BackUpAsync(
            new DirectProgress<BackupProgress>(step =>
            {
                // By then all files have been sent, and those that are gone removed.
                if (step.Phase == BackupPhase.SendingDatabases) stop.Cancel();
            }),
            stop.Token);
        Assert.Equal(ExitCode.Cancelled, stopped.ExitCode);
        VerificationResult unfinished = await scene.VerifyAsync(VerificationDepth.Full);
        Assert.Equal(VerificationFindingKind.Incomplete, Assert.Single(unfinished.Findings).Kind);

        BackupRun next = await scene.BackUpAsync();
        Assert.Equal((RunStatus.Succeeded, nameof(MirrorPass.Full)), (next.Status, next.Pass));
        AssertGood(await scene.VerifyAsync(VerificationDepth.Full));
    }

    [Theory]
    [InlineData(VerificationDepth.Quick, false)]
    [InlineData(VerificationDepth.Sample, true)]
    [InlineData(VerificationDepth.Full, true)]
    public async Task Should_find_a_flipped_bit_in_a_database_where_content_is_read(VerificationDepth depth, bool found)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        Damage.Flip(Path.Combine(scene.Mirror, PlexDatabaseFiles.LibraryRelativePath), new Random(4));
        VerificationResult result = await scene.VerifyAsync(depth);
        Assert.Equal(found ? [VerificationFindingKind.DatabaseDamaged] : [], result.Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public async Task Should_find_a_truncated_database_by_its_size()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        using (FileStream database = File.OpenWrite(Path.Combine(scene.Mirror, PlexDatabaseFiles.LibraryRelativePath))) database.SetLength(8192);
        VerificationFinding finding = Assert.Single((await scene.VerifyAsync(VerificationDepth.Quick)).Findings);
        Assert.Equal((VerificationFindingKind.DatabaseDamaged, PlexDatabaseFiles.LibraryRelativePath), (finding.Kind, finding.Path));
    }

    [Fact]
    public async Task Should_find_a_missing_or_damaged_manifest_or_list()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        string list = Path.Combine(scene.Mirror, BackupManifest.FileListRelativePath);
        Damage.Flip(list, new Random(1));
        VerificationResult damaged = await scene.VerifyAsync(VerificationDepth.Full);
        Assert.Equal(VerificationFindingKind.ListDamaged, Assert.Single(damaged.Findings).Kind);
        File.Delete(list);
        Assert.Equal(VerificationFindingKind.ListDamaged, Assert.Single((await scene.VerifyAsync(VerificationDepth.Quick)).Findings).Kind);
        await scene.BackUpAsync();
        AssertGood(await scene.VerifyAsync(VerificationDepth.Full));

        string manifest = Path.Combine(scene.Mirror, BackupManifest.RelativePath);
        using (FileStream file = File.OpenWrite(manifest)) file.SetLength(100);
        Assert.Equal(VerificationFindingKind.ManifestMissing, Assert.Single((await scene.VerifyAsync(VerificationDepth.Quick)).Findings).Kind);
        File.Delete(manifest);
        Assert.Equal(VerificationFindingKind.ManifestMissing, Assert.Single((await scene.VerifyAsync(VerificationDepth.Quick)).Findings).Kind);
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_links_folders_and_left_over_logs_of_databases()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        File.Delete(Path.Combine(scene.Mirror, "link"));
        Directory.CreateDirectory(Path.Combine(scene.Mirror, "Metadata", "new folder"));
        File.Delete(Path.Combine(scene.Mirror, "hard"));
        Directory.CreateDirectory(Path.Combine(scene.Mirror, "hard"));
        File.WriteAllText(Path.Combine(scene.Mirror, PlexDatabaseFiles.LibraryRelativePath + "-wal"), "x");
        Directory.CreateDirectory(Path.Combine(scene.Mirror, "Logs"));
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Quick);
        Assert.Equal(
            [
                (VerificationFindingKind.Foreign, "Metadata/new folder"),
                (VerificationFindingKind.Foreign, PlexDatabaseFiles.LibraryRelativePath + "-wal"),
                (VerificationFindingKind.Different, "hard"),
                (VerificationFindingKind.Missing, "link"),
            ],
            result.Findings.Select(finding => (finding.Kind, finding.Path)).OrderBy(finding => finding.Path, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("..", "SnapshotNameInvalid")]
    [InlineData("../plex-current", "SnapshotNameInvalid")]
    [InlineData("2020-01-01_000000", "SnapshotNotFound")]
    [InlineData(null, "NothingToVerify")]
    public async Task Should_say_what_there_is_not(string? snapshot, string errorId)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local", files: 5);
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Quick, snapshot);
        Assert.Equal(errorId, result.Run.ErrorId);
        Assert.False(result.IsGood);
        Assert.Null(scene.Status().LastVerification);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_prove_a_backup_with_no_source_left(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind);
        string snapshot = await scene.SnapshotAsync();
        VerificationScene.Run("rm", "-rf", scene.Source, scene.StateDirectory);
        foreach (string? name in new[] { null, snapshot })
        {
            VerificationResult result = await scene.VerifyAsync(VerificationDepth.Full, name);
            AssertGood(result);
            Assert.Equal(0, result.FilesUnproven);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_give_a_snapshot_the_list_of_the_mirror_as_a_link(string kind)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync(kind);
        string first = await scene.SnapshotAsync(), second = await scene.SnapshotAsync();
        string[] lists =
        [
            .. new[] { scene.Mirror, scene.SnapshotFolder(first), scene.SnapshotFolder(second) }
                .Select(tree => Path.Combine(tree, BackupManifest.FileListRelativePath)),
        ];
        Assert.Single(lists.Select(list => FileStatus.Read(list)!.Value.Inode).Distinct());
    }

    [Fact]
    public async Task Should_keep_the_sums_when_the_copy_of_the_list_is_lost()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("daemon");
        await scene.BackUpAsync();
        File.Delete(Assert.Single(Directory.GetFiles(Path.Combine(scene.StateDirectory, "index"), "*.files.gz")));
        File.WriteAllText(Path.Combine(scene.Source, "new"), "new");
        Assert.Equal(nameof(MirrorPass.Delta), (await scene.BackUpAsync()).Pass);
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Full);
        AssertGood(result);
        Assert.Equal(0, result.FilesUnproven);
    }

    [Theory]
    [InlineData(VerificationDepth.Quick, 0)]
    [InlineData(VerificationDepth.Sample, 1)]
    [InlineData(VerificationDepth.Full, 1)]
    public async Task Should_hold_a_mirror_of_a_time_before_lists_against_the_source(VerificationDepth depth, int found)
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        await scene.SettleAsync();
        scene.ForgetList();
        VerificationResult good = await scene.VerifyAsync(depth, sample: 1000);
        AssertGood(good);
        Assert.Equal(0, good.FilesUnproven);
        Damage.Flip(Path.Combine(scene.Mirror, "Preferences.xml"), new Random(1));
        File.Delete(Path.Combine(scene.Mirror, "link"));
        IReadOnlyList<VerificationFinding> findings = (await scene.VerifyAsync(depth, sample: 1000)).Findings;
        Assert.Equal(2 * found, findings.Count(finding => finding.Kind == VerificationFindingKind.Different)); // it has two names
        Assert.Equal("link", Assert.Single(findings, finding => finding.Kind == VerificationFindingKind.Missing).Path);
    }

    [Fact]
    public async Task Should_only_count_a_mirror_of_a_time_before_lists_without_its_source()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        scene.ForgetList();
        Directory.Delete(scene.StateDirectory, recursive: true);
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Full);
        AssertGood(result);
        Assert.Equal(result.FilesChecked - result.FilesRead, result.FilesUnproven);
        Assert.Contains("no list", result.Run.Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(scene.Mirror, "Preferences.xml"));
        Assert.Equal(
            VerificationFindingKind.CountDiffers, Assert.Single((await scene.VerifyAsync(VerificationDepth.Quick)).Findings).Kind);
    }

    [Fact]
    public async Task Should_prove_a_mirror_of_a_time_before_lists_more_and_more()
    {
        await using VerificationScene scene = await VerificationScene.CreateAsync("local");
        await scene.BackUpAsync();
        scene.ForgetList();
        File.WriteAllText(Path.Combine(scene.Source, "new"), "new");
        await scene.BackUpAsync();
        VerificationResult result = await scene.VerifyAsync(VerificationDepth.Full);
        AssertGood(result);
        Assert.Equal(0, result.FilesUnproven);
    }

    private static IReadOnlyDictionary<string, ListedEntry> Listed(string list)
    {
        using FileStream stored = File.OpenRead(list);
        return RecordedTree.Of(stored).Entries;
    }

    private static void AssertGood(VerificationResult result) =>
        Assert.True(result.IsGood, $"{result.Run.Message}\n{string.Join('\n', result.Findings)}");

    private static string[] PathsOf(VerificationResult result) =>
        [.. result.Findings.Select(finding => finding.Path).Order(StringComparer.Ordinal)];
}
