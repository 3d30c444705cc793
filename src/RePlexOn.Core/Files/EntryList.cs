using System.Collections;

namespace RePlexOn.Files;

/// <summary>Some entries of one tree, in its order.</summary>
internal sealed class EntryList(FileTree tree, int[] indices) : IReadOnlyList<FileEntry>
{
    public int Count => indices.Length;

    public FileEntry this[int index] => tree[indices[index]];

    public IEnumerator<FileEntry> GetEnumerator()
    {
        foreach (var index in indices)
            yield return tree[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
