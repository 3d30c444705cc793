using RePlexOn.Backup;
using RePlexOn.Files;

namespace RePlexOn.Verification;

/// <summary>The files of the source that have stayed as they were when the mirror's last run looked at them.</summary>
internal sealed class UnchangedSource
{
    private readonly string _folder;
    private readonly FileTree _tree;

    private UnchangedSource(string folder, FileTree tree) => (_folder, _tree) = (folder, tree);

    /// <summary>Opens the source of a tree; null where it is not here, or is not known file by file.</summary>
    public static UnchangedSource? Open(Inspection inspection, BackupManifest manifest)
    {
        FileIndexReadResult index = FileIndexStore.Read(
            MirrorPreflight.IndexPathFor(inspection.Configuration, inspection.Rsync.Target));
        return index is { Header: { Incomplete: false } header, Tree: { } tree } && header.RunId == manifest.RunId
            ? new(header.SourcePath, tree)
            : null;
    }

    /// <summary>The full path of a file whose content is still what was backed up; null where it is not sure.</summary>
    public string? FileOf(string relativePath)
    {
        int place = _tree.IndexOf(System.Text.Encoding.UTF8.GetBytes(relativePath));
        string path = Path.Combine(_folder, relativePath);
        if (place < 0 || new FileInfo(path).LinkTarget is not null || FileStatus.Read(path) is not { IsRegularFile: true } now) return null;

        FileEntry then = _tree[place];
        bool unchanged = now.Inode == then.Inode && now.Bytes == then.Size
            && now.ModifiedNs == then.ModifiedNs && now.ChangedNs == then.ChangedNs
            && !_tree.Unsettled.Contains(then.ChangedNs);
        return unchanged ? path : null;
    }
}
