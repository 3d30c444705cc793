using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>A folder in the staging area that is laid out as the tree on the target.</summary>
/// <param name="path">The folder; it stands for the tree's root.</param>
/// <param name="source">The scanned Plex data directory.</param>
internal sealed class StagedTree(string path, FileTree source)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The full path of a file to be staged; its folder is made.</summary>
    public string PathFor(string relativePath)
    {
        string full = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!, PrivateMode.Folder);
        return full;
    }

    /// <summary>
    /// Gives a staged folder, and those above it, the attributes that the scan saw, so that sending what is in them leaves
    /// the target's folders as the mirror has them.
    /// </summary>
    public void MatchFolders(string relativePath)
    {
        for (string? folder = relativePath; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            int place = source.IndexOf(Encoding.UTF8.GetBytes(folder));
            if (place >= 0) ScannedAttributes.Apply(source[place], System.IO.Path.Combine(Path, folder));
        }
    }
}
