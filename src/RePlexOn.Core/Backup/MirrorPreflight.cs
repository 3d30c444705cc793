using System.Security.Cryptography;
using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Plex.Databases;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>
/// Finds out whether a mirror run can be made and what it has to do. Changes nothing, here or on the target.
/// </summary>
internal sealed class MirrorPreflight(TimeProvider time, IProgress<BackupProgress>? progress)
{
    /// <summary>Looks at source, target and index, scans the source, and chooses the pass.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="connection">The connection to share.</param>
    /// <param name="full">Whether a full pass was asked for.</param>
    /// <param name="force">Whether to go on where the source has shrunk or the target seems not to be mounted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">Something stands in the way; the message says what.</exception>
    public async Task<PreparedMirror> PrepareAsync(
        RePlexOnConfiguration configuration, SshConnection connection, bool full, bool force, CancellationToken cancellationToken)
    {
        progress?.Report(new(BackupPhase.Preflight, "looking at the source and the target"));
        PlexDataDirectory source = ConfiguredPlaces.OpenSource(configuration);
        BackupTarget target = ConfiguredPlaces.OpenTarget(configuration);
        EnsureApart(source, target);

        var rsync = new RsyncClient(new ProgramRunner(), target, connection);
        FilePatterns patterns = MirrorPatterns.For(configuration.Backup.Exclude);
        var expected = new FileIndexHeader(
            RunId: "", target.Identity, source.Path, MirrorPatterns.Fingerprint(patterns, configuration.Backup.KeepAttributes),
            time.GetUtcNow(), time.GetUtcNow(), target.MountPoint);

        // The target answers over the network while the source is read from disk.
        Task<MirrorState> asking = MirrorState.ReadAsync(rsync, cancellationToken);
        string indexPath = IndexPathFor(configuration, target);
        Task<FileIndexReadResult> reading = Task.Run(() => FileIndexStore.Read(indexPath), cancellationToken);
        Task<FileTree> scanning = Task.Run(() => Scan(source, patterns, cancellationToken), cancellationToken);
        await Task.WhenAll(asking, reading, scanning);
        (MirrorState mirror, FileIndexReadResult index, FileTree tree) = (await asking, await reading, await scanning);

        if (!force)
        {
            EnsureNotShrunk(index, tree, source, configuration.Backup.MaxShrinkPercent);
            EnsureStillMounted(index, target);
        }

        PassChoice choice = PassChoice.Choose(
            mirror, index, expected, full, TimeSpan.FromDays(configuration.Backup.FullPassEveryDays), time.GetUtcNow());
        bool indexServes = choice.Pass != MirrorPass.FullByContent && !mirror.IsEmpty;
        TreeDifference? difference = indexServes ? TreeDifference.Compare(index.Tree, tree) : null;
        if (difference is not null) choice = choice.For(difference, tree);
        return new PreparedMirror
        {
            Configuration = configuration,
            Source = source,
            Target = target,
            Rsync = rsync,
            Patterns = patterns,
            Tree = tree,
            ScannedAt = expected.ScannedAt,
            Databases = PlexDatabaseFiles.Find(source.Path),
            Mirror = mirror,
            Index = index,
            IndexPath = indexPath,
            Choice = choice,
            Difference = choice.Pass == MirrorPass.FullByContent ? null : difference,
        };
    }

    private static void EnsureApart(PlexDataDirectory source, BackupTarget target)
    {
        if (target.Overlaps(source.Path))
        {
            throw new RePlexOnException(
                "TargetInsideSource", ExitCode.Usage,
                $"The target {target.Display} and the source {source.Path} lie one within the other.",
                "Choose a target outside the Plex data directory, best on another machine.");
        }
    }

    private FileTree Scan(PlexDataDirectory source, FilePatterns patterns, CancellationToken cancellationToken)
    {
        var seen = new DirectProgress<long>(count =>
            progress?.Report(new(BackupPhase.Scanning, "reading the source", count)));
        return new TreeScanner(patterns).Scan(source.Path, seen, cancellationToken);
    }

    private static void EnsureNotShrunk(FileIndexReadResult index, FileTree now, PlexDataDirectory source, int maxShrinkPercent)
    {
        if (index is not { Header: { } header, Tree: { } before } || header.SourcePath != source.Path) return;

        long lost = before.FileCount - now.FileCount;
        if (lost * 100 > before.FileCount * (long)maxShrinkPercent)
        {
            throw new RePlexOnException(
                "SourceShrunk", ExitCode.Failed,
                $"The source {source.Path} holds {now.FileCount} files, and held {before.FileCount} at the last good backup: "
                + $"more than {maxShrinkPercent} % are gone. Nothing was changed on the target.",
                "See whether a disk is not mounted. If the files went on purpose, run the backup once with -Force (replexon backup --force).");
        }
    }

    // A share that is not mounted leaves an empty folder on the local disk: backing up there would fill it, and help nobody.
    private static void EnsureStillMounted(FileIndexReadResult index, BackupTarget target)
    {
        if (index.Header is { MountPoint: { } before } header
            && header.TargetIdentity == target.Identity && target.MountPoint is { } now && now != before)
        {
            throw new RePlexOnException(
                "TargetNotMounted", ExitCode.TargetUnreachable,
                $"The target {target.Display} lay on the file system mounted at {before}, and lies on the one mounted at {now} today: "
                + "the share seems not to be mounted. Nothing was changed.",
                $"Mount it (`mount {before}`), or, if it was moved on purpose, run the backup once with -Force (replexon backup --force).");
        }
    }

    /// <summary>Where the index of the last good run to a target lies.</summary>
    public static string IndexPathFor(RePlexOnConfiguration configuration, BackupTarget target)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.Identity)).AsSpan(0, 8));
        return Path.Combine(configuration.StateDirectory, "index", name + ".idx");
    }
}
