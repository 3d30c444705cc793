using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Proves that the mirror or a snapshot is what was backed up.</summary>
/// <remarks>
/// It needs no source: with each backup lies a list of its files, with the sum of each content. What the source has
/// become since is no matter. Owners, modes, times and where links point to are not compared.
/// </remarks>
public sealed class BackupVerification(TimeProvider time)
{
    private const int WarningsInHistory = 100;

    /// <summary>Makes one verification.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="progress">Told how far it is, on threads of the verification's own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found. Where the verification could not be made, its run says why.</returns>
    /// <exception cref="RePlexOnException">The run could not even be recorded: the history cannot be written.</exception>
    public async Task<VerificationResult> RunAsync(
        VerificationOptions options, IProgress<VerificationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        int seed = options.Seed ?? Random.Shared.Next();
        Inspection? inspection = null;
        BackupRun run = await new RunRecorder(time).RecordAsync(
            options.ConfigurationPath, options.Overrides, RunKind.Verify, options.Trigger,
            async (context, token) =>
            {
                await using var connection = new SshConnection();
                inspection = Prepare(options, connection, progress, context);
                await InspectAsync(inspection, options, seed, token);
                return Conclude(inspection, options, seed, context);
            },
            cancellationToken);
        return new VerificationResult
        {
            Target = run.Target,
            What = options.Snapshot ?? VerificationResult.Mirror,
            Depth = options.Depth,
            FilesChecked = inspection?.FilesChecked ?? 0,
            BytesChecked = inspection?.BytesChecked ?? 0,
            FilesRead = inspection?.FilesRead ?? 0,
            BytesRead = inspection?.BytesRead ?? 0,
            FilesUnproven = inspection?.FilesUnproven ?? 0,
            Seed = options.Depth == VerificationDepth.Sample ? seed : null,
            Findings = inspection?.Findings ?? [],
            Run = run,
        };
    }

    private static Inspection Prepare(
        VerificationOptions options, SshConnection connection, IProgress<VerificationProgress>? progress, RunContext context)
    {
        RePlexOnConfiguration configuration = context.Configuration.Whole();
        context.Record(run => run with
        {
            Target = configuration.Target, Pass = options.Depth.ToString(), PassReason = options.Snapshot ?? VerificationResult.Mirror,
        });
        BackupTarget target = ConfiguredPlaces.OpenTarget(configuration);
        context.Record(run => run with { Target = target.Display });
        return new Inspection
        {
            Configuration = configuration,
            Rsync = new RsyncClient(new ProgramRunner(), target, connection),
            Tree = TreeOf(options.Snapshot),
            Progress = progress,
        };
    }

    private static string TreeOf(string? snapshot)
    {
        if (snapshot is null) return TargetLayout.Mirror;
        if (snapshot is not ("" or "." or "..") && !snapshot.Contains('/', StringComparison.Ordinal)) return $"{TargetLayout.Snapshots}{snapshot}/";

        throw new RePlexOnException(
            "SnapshotNameInvalid", ExitCode.Usage, $"'{snapshot}' is not the name of a snapshot.",
            "Give a name as Get-PlexSnapshot (replexon snapshot list) shows it, such as 2026-11-21_030000.");
    }

    private static async Task InspectAsync(Inspection inspection, VerificationOptions options, int seed, CancellationToken cancellationToken)
    {
        inspection.Progress?.Report(new("reading the manifest"));
        if (await ReadManifestAsync(inspection, options.Snapshot, cancellationToken) is not { } manifest) return;

        using var folder = new VerificationFolder(inspection.Configuration.StagingDirectory);
        using UnchangedSource? source = UnchangedSource.Open(inspection, manifest);
        RecordedTree? recorded = await ReadListAsync(inspection, manifest, cancellationToken) ?? (source is null ? null : RecordedTree.Of(source.Tree));
        await new TreeInspection(inspection, manifest, recorded, byContent: options.Depth == VerificationDepth.Full).RunAsync(source, cancellationToken);
        if (options.Depth == VerificationDepth.Quick) return;

        await new DatabaseInspection(inspection, folder.Path).RunAsync(manifest, cancellationToken);
        if (options.Depth == VerificationDepth.Sample && recorded is not null)
        {
            await new SampleInspection(inspection, source, folder.Path).RunAsync(recorded, options.SampleFiles, seed, cancellationToken);
        }
    }

    private static async Task<RecordedTree?> ReadListAsync(Inspection inspection, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.FileListSha256 is not { } sha256)
        {
            inspection.HasNoList = true;
            return null;
        }

        inspection.Progress?.Report(new("reading the list of what was backed up"));
        byte[]? list = await FileListCopy.FetchAsync(inspection.Rsync, inspection.Tree, sha256, cancellationToken);
        string problem = "the list of what was backed up is not there, or is not the one that the manifest names";
        try
        {
            if (list is not null) return RecordedTree.Of(new MemoryStream(list));
        }
        catch (InvalidDataException unknown)
        {
            problem = $"the list of what was backed up cannot be read: {unknown.Message}";
        }

        inspection.Find(VerificationFindingKind.ListDamaged, BackupManifest.FileListRelativePath, problem);
        return null;
    }

    private static async Task<BackupManifest?> ReadManifestAsync(Inspection inspection, string? snapshot, CancellationToken cancellationToken)
    {
        byte[]? stored = await BackupManifest.FetchAsync(inspection.Rsync, inspection.Tree, cancellationToken);
        if (stored is null && (await inspection.Rsync.ListAsync(inspection.Tree, cancellationToken)).Count == 0)
        {
            throw snapshot is null
                ? new RePlexOnException(
                    "NothingToVerify", ExitCode.Failed, $"There is no mirror on {inspection.Rsync.Target} yet.",
                    "Make a backup first: Invoke-PlexBackup (replexon backup).")
                : new RePlexOnException(
                    "SnapshotNotFound", ExitCode.Usage, $"There is no snapshot {snapshot} on {inspection.Rsync.Target}.",
                    "Get-PlexSnapshot (replexon snapshot list) shows those there are.");
        }

        BackupManifest? manifest = stored is null ? null : BackupManifest.FromJson(stored);
        if (manifest is null)
        {
            inspection.Find(
                VerificationFindingKind.ManifestMissing, BackupManifest.RelativePath,
                stored is null ? "it is not there: the backup was not made by RePlexOn, or did not end" : "it is damaged");
            return null;
        }

        if (manifest.Complete && manifest.Snapshot == snapshot) return manifest;

        inspection.Find(
            VerificationFindingKind.Incomplete, BackupManifest.RelativePath, "the run that made it did not end");
        return null;
    }

    private static string Conclude(Inspection inspection, VerificationOptions options, int seed, RunContext context)
    {
        context.Record(run => run with
        {
            FilesTotal = inspection.FilesChecked,
            BytesTotal = inspection.BytesChecked,
            Warnings = [.. inspection.Findings.Take(WarningsInHistory).Select(finding => finding.ToString())],
        });
        string what = options.Snapshot is { } name ? $"snapshot {name}" : VerificationResult.Mirror;
        string read = options.Depth switch
        {
            VerificationDepth.Quick => "no content was read",
            VerificationDepth.Sample => $"{inspection.FilesRead} were fetched and compared, seed {seed.ToString(CultureInfo.InvariantCulture)}",
            _ => $"{inspection.FilesRead} were compared by content",
        };
        if (inspection.HasNoList) read += ", and no list tells what was backed up";
        if (inspection.FilesUnproven > 0) read += $", and of {inspection.FilesUnproven} no sum is known";
        string looked = $"{inspection.FilesChecked} files ({ByteSize.Format(inspection.BytesChecked)}), of which {read}";
        if (inspection.Findings.Count == 0) return $"The {what} is good: {looked}.";

        throw new RePlexOnException(
            "VerificationFailed", ExitCode.VerificationFailed,
            $"The {what} is not good: {Count(inspection.Findings.Count)} in {looked}. The first: {inspection.Findings[0]}",
            Advise(inspection, options));
    }

    private static string Count(int findings) => findings == 1 ? "1 finding" : $"{findings} findings";

    // Without its index the next run compares everything by content, and writes the list anew.
    private static string Advise(Inspection inspection, VerificationOptions options)
    {
        if (options.Snapshot is not null)
        {
            return "Restore from another snapshot or the mirror, and see whether the disk of the target is well. Files that snapshots "
                + "share with the mirror are damaged there too: verify the mirror.";
        }

        if (inspection.Findings[0].Kind == VerificationFindingKind.Incomplete) return "Run a backup: it will finish what the last one began.";

        File.Delete(MirrorPreflight.IndexPathFor(inspection.Configuration, inspection.Rsync.Target));
        return "Run a backup: it will compare everything by content and put the mirror right. Then see whether the disk of the target is well.";
    }
}
