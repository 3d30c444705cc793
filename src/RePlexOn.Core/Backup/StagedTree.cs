using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>A folder in the staging area that is laid out as the tree on the target.</summary>
/// <param name="path">The folder; it stands for the tree's root.</param>
/// <param name="sourceRoot">The Plex data directory.</param>
internal sealed class StagedTree(string path, string sourceRoot)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The full path of a file to be staged; its folder is made.</summary>
    public string PathFor(string relativePath)
    {
        string full = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!, StagingArea.PrivateFolder);
        return full;
    }

    /// <summary>
    /// Gives a staged folder, and those above it, the attributes of the source's, so that sending what is in them leaves
    /// the target's folders as the mirror has them.
    /// </summary>
    public void MatchFolders(string relativePath)
    {
        for (string? folder = relativePath; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            FileAttributesCopy.Apply(System.IO.Path.Combine(sourceRoot, folder), System.IO.Path.Combine(Path, folder));
        }
    }
}
