using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Keeps account of what the rsync runs of one backup put into a tree, and writes the list of it.</summary>
internal sealed class TreeAccount : IDisposable
{
    private readonly TreeContents _contents;
    private readonly StagingArea _area;
    private readonly ScannedSource _source;
    private readonly RsyncChangeLog _log;

    private TreeAccount(PreparedMirror prepared, StagingArea area, TreeContents contents)
    {
        _area = area;
        _contents = contents;
        _source = new ScannedSource(prepared.Tree, prepared.Source.Path);
        _log = new RsyncChangeLog(area.LogPath, (in record) => contents.Take(in record, _source));
    }

    /// <summary>Begins the account of a mirror.</summary>
    /// <param name="prepared">The mirror.</param>
    /// <param name="area">Where the log and the list go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TreeAccount> OfMirrorAsync(PreparedMirror prepared, StagingArea area, CancellationToken cancellationToken)
    {
        var contents = new TreeContents(prepared.Tree);
        // Without a difference rsync will tell of each entry: nothing is there yet, or all is compared by content.
        if (prepared.Difference is { } difference
            && !await CarryOverAsync(contents, prepared, prepared.Mirror.Manifest?.FileListSha256, ofThisTree: true, cancellationToken))
        {
            contents.AssumeUnchanged(difference);
        }

        return new(prepared, area, contents);
    }

    /// <summary>Begins the account of a new tree whose files rsync links to the mirror's where they are the same.</summary>
    /// <param name="prepared">The mirror.</param>
    /// <param name="mirror">What it holds.</param>
    /// <param name="area">Where the log and the list go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TreeAccount> OfLinkedTreeAsync(
        PreparedMirror prepared, BackupManifest mirror, StagingArea area, CancellationToken cancellationToken)
    {
        var contents = new TreeContents(prepared.Tree);
        await CarryOverAsync(contents, prepared, mirror.FileListSha256, ofThisTree: false, cancellationToken);
        return new(prepared, area, contents);
    }

    /// <summary>The same transfer, with what rsync notes of it taken into the account.</summary>
    public RsyncSend Watch(RsyncSend send) => send with { Log = _log, Sums = _contents.SumKind };

    /// <inheritdoc cref="TreeContents.Unproven"/>
    public IReadOnlyList<FileEntry> Unproven(int most)
    {
        _contents.ShareSums();
        return _contents.Unproven(most);
    }

    /// <summary>Writes the list to the staging area.</summary>
    /// <param name="othersMayStay">Whether what the source no longer has may still be in the tree.</param>
    /// <returns>Its SHA-256, as the manifest names it.</returns>
    public string Write(bool othersMayStay)
    {
        _contents.ShareSums();
        _contents.Write(_area.FileListPath, othersMayStay);
        return FileListCopy.Sha256OfFile(_area.FileListPath);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private static async Task<bool> CarryOverAsync(
        TreeContents contents, PreparedMirror prepared, string? sha256, bool ofThisTree, CancellationToken cancellationToken)
    {
        if (await FileListCopy.ReadMirrorsAsync(prepared, sha256, cancellationToken) is not { } list) return false;
        try
        {
            contents.CarryOver(new MemoryStream(list), ofThisTree);
            return true;
        }
        catch (InvalidDataException)
        {
            // Whole, but not of this version: as good as none.
            return false;
        }
    }
}
