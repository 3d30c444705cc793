using System.Collections;

namespace RePlexOn.Files;

/// <summary>Some entries of one tree, in its order.</summary>
internal sealed class EntryList(FileTree tree, int[] indices) : IReadOnlyList<FileEntry>
{
    public int Count => indices.Length;

    public FileEntry this[int index] => tree[indices[index]];

    /// <summary>Writes each path behind <c>./</c> and before a NUL; the root is <c>.</c> alone.</summary>
    public void WritePaths(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var used = 0;
        foreach (var index in indices)
        {
            var length = tree.PathLength(index);
            if (used + length + 3 > buffer.Length)
            {
                stream.Write(buffer, 0, used);
                used = 0;
            }
            buffer[used++] = (byte)'.';
            if (index > 0)
            {
                buffer[used++] = (byte)'/';
                tree.CopyPath(index, buffer.AsSpan(used, length));
                used += length;
            }
            buffer[used++] = 0;
        }
        stream.Write(buffer, 0, used);
    }

    public IEnumerator<FileEntry> GetEnumerator()
    {
        foreach (var index in indices)
            yield return tree[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
