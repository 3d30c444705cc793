using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>All that is known before anything is changed on the target.</summary>
internal sealed record PreparedMirror
{
    // Below it, in bytes, a file that was cut off is sent anew in little time.
    private const long WorthResuming = 64L << 20;

    /// <summary>What the user set.</summary>
    public required RePlexOnConfiguration Configuration { get; init; }

    /// <summary>The Plex data directory.</summary>
    public required PlexDataDirectory Source { get; init; }

    /// <summary>Where the backup goes.</summary>
    public required BackupTarget Target { get; init; }

    /// <summary>rsync to that target.</summary>
    public required RsyncClient Rsync { get; init; }

    /// <summary>What is left out.</summary>
    public required FilePatterns Patterns { get; init; }

    /// <summary>Names the rules by which the mirror is made; an index of other rules says nothing of it.</summary>
    public string RulesFingerprint => MirrorPatterns.Fingerprint(Patterns, Configuration.Backup.KeepAttributes);

    /// <summary>What the source holds, as it was scanned.</summary>
    public required FileTree Tree { get; init; }

    /// <summary>
    /// Whether half of a file is worth keeping when a transfer is cut off: one is large, or the way is slow, or a run that
    /// was cut off may have left one.
    /// </summary>
    public bool KeepsHalfFiles =>
        Tree.LargestFile >= WorthResuming || Configuration.Backup.BandwidthLimitKiB > 0
        || (!Mirror.IsEmpty && Mirror.Manifest is not { Complete: true });

    /// <summary>When the scan began.</summary>
    public required DateTimeOffset ScannedAt { get; init; }

    /// <summary>The live databases.</summary>
    public required IReadOnlyList<PlexDatabaseFile> Databases { get; init; }

    /// <summary>What the target says of its mirror.</summary>
    public required MirrorState Mirror { get; init; }

    /// <summary>The index of the last good run to this target, or why there is none.</summary>
    public required FileIndexReadResult Index { get; init; }

    /// <summary>Where that index lies.</summary>
    public required string IndexPath { get; init; }

    /// <summary>The pass to make, and why.</summary>
    public required PassChoice Choice { get; init; }

    /// <summary>What differs from the index; null where no index can be trusted.</summary>
    public required TreeDifference? Difference { get; init; }
}
