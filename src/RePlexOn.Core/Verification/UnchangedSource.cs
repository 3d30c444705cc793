using RePlexOn.Backup;
using RePlexOn.Files;

namespace RePlexOn.Verification;

/// <summary>The files of the source that have stayed as they were when the mirror's last run looked at them.</summary>
internal sealed class UnchangedSource : IDisposable
{
    private readonly ScannedSource _now;

    private UnchangedSource(string folder, FileTree tree)
    {
        Folder = folder;
        Tree = tree;
        _now = new ScannedSource(tree, folder);
    }

    /// <summary>The Plex data directory.</summary>
    public string Folder { get; }

    /// <summary>What the last run saw there.</summary>
    public FileTree Tree { get; }

    /// <summary>Opens the source of a tree; null where it is not known file by file.</summary>
    public static UnchangedSource? Open(Inspection inspection, BackupManifest manifest)
    {
        FileIndexReadResult index = FileIndexStore.Read(
            MirrorPreflight.IndexPathFor(inspection.Configuration, inspection.Rsync.Target));
        return index is { Header: { Incomplete: false } header, Tree: { } tree } && header.RunId == manifest.RunId
            ? new(header.SourcePath, tree)
            : null;
    }

    /// <summary>Whether it has a file whose content is still what was backed up.</summary>
    /// <param name="path">Its path, as lists spell it.</param>
    public bool Has(string path)
    {
        int place = Tree.IndexOf(FileListPath.Bytes(path));
        return place >= 0 && !Tree.Unsettled.Contains(Tree[place].ChangedNs) && _now.IsUnchanged(place);
    }

    /// <inheritdoc />
    public void Dispose() => _now.Dispose();
}
