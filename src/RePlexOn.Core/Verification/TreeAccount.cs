using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>Keeps account of what the rsync runs of one backup put into a tree, and writes the list of it.</summary>
internal sealed class TreeAccount
{
    private readonly PreparedMirror _prepared;
    private readonly TreeContents _contents;
    private readonly StagingArea _area;
    private readonly Lock _gate = new();
    private byte[]? _carriedOver;

    private TreeAccount(PreparedMirror prepared, StagingArea area)
    {
        _prepared = prepared;
        _area = area;
        _contents = new TreeContents(prepared.Tree);
    }

    /// <summary>Whether a list told what is in the tree from the beginning: then rsync need only tell what it changes.</summary>
    public bool KnowsAll => _carriedOver is not null;

    /// <inheritdoc cref="TreeContents.EntriesThere" />
    public int EntriesThere => _contents.EntriesThere;

    /// <summary>Begins the account of a mirror.</summary>
    /// <param name="prepared">The mirror.</param>
    /// <param name="area">Where the log and the list go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TreeAccount> OfMirrorAsync(PreparedMirror prepared, StagingArea area, CancellationToken cancellationToken)
    {
        var account = new TreeAccount(prepared, area);
        // Without a difference rsync will tell of each entry: nothing is there yet, or all is compared by content.
        if (prepared.Difference is { } difference
            && !await account.CarryOverAsync(prepared.Mirror.Manifest?.FileListSha256, keepOthers: true, cancellationToken))
        {
            account._contents.AssumeUnchanged(difference);
        }

        return account;
    }

    /// <summary>Begins the account of a new tree whose files rsync links to the mirror's where they are the same.</summary>
    /// <param name="prepared">The mirror.</param>
    /// <param name="mirror">What it holds.</param>
    /// <param name="area">Where the log and the list go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TreeAccount> OfLinkedTreeAsync(
        PreparedMirror prepared, BackupManifest mirror, StagingArea area, CancellationToken cancellationToken)
    {
        var account = new TreeAccount(prepared, area);
        await account.CarryOverAsync(mirror.FileListSha256, keepOthers: false, cancellationToken);
        return account;
    }

    /// <inheritdoc cref="TreeContents.AskAgain" />
    public void AskAgain() => _contents.AskAgain();

    /// <summary>
    /// Makes a transfer and takes what rsync notes of it into the account. Several may go on at the same time, of files of
    /// their own.
    /// </summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="send">Makes it.</param>
    public async Task<RsyncResult> SendAsync(RsyncSend transfer, Func<RsyncSend, Task<RsyncResult>> send)
    {
        var log = new RsyncChangeLog(_area.NewLogPath(), Take);
        RsyncResult result = await send(transfer with { Log = log, Sums = _contents.SumKind });
        if (!result.Statistics.SizesHeld)
        {
            using var source = new ScannedSource(_prepared.Tree, _prepared.Source.Path);
            lock (_gate) _contents.Doubt(source);
        }

        return result;
    }

    /// <inheritdoc cref="TreeContents.TakeFolder" />
    public void TakeFolder(string path) => _contents.TakeFolder(path);

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
        if (_contents.IsAsCarriedOver && _carriedOver is { } list)
        {
            File.WriteAllBytes(_area.FileListPath, list);
        }
        else
        {
            _contents.ShareSums();
            _contents.Write(_area.FileListPath, othersMayStay);
        }

        return FileListCopy.Sha256OfFile(_area.FileListPath);
    }

    private void Take(in RsyncRecord record)
    {
        lock (_gate) _contents.Take(in record);
    }

    private async Task<bool> CarryOverAsync(string? sha256, bool keepOthers, CancellationToken cancellationToken)
    {
        if (await FileListCopy.ReadMirrorsAsync(_prepared, sha256, cancellationToken) is not { } list) return false;
        try
        {
            _contents.CarryOver(new MemoryStream(list), keepOthers);
            _carriedOver = list;
            return true;
        }
        catch (InvalidDataException)
        {
            // Whole, but not of this version: as good as none.
            return false;
        }
    }
}
