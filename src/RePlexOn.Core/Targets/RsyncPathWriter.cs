using System.Text;

namespace RePlexOn.Targets;

/// <summary>Writes a list of paths in the form that rsync reads from <c>--files-from=- --from0</c>.</summary>
public sealed class RsyncPathWriter
{
    private readonly Stream _stream;
    private readonly byte[] _prefix;

    /// <param name="stream">rsync's standard input.</param>
    /// <param name="folder">Folder that the paths are relative to, itself relative to what rsync is given as source; empty for that.</param>
    internal RsyncPathWriter(Stream stream, string folder)
    {
        _stream = stream;

        // Without the first dot rsync takes a name that starts with # or ; for a comment and leaves the file out,
        // silently. The second one says where the path starts at the destination.
        _prefix = Encoding.UTF8.GetBytes(folder.Length == 0 ? "./" : $"./{folder}/./");
    }

    /// <summary>Adds a path, as the bytes that the file system holds.</summary>
    /// <param name="path">Relative to the source folder, with no slash in front.</param>
    public void Add(ReadOnlySpan<byte> path)
    {
        _stream.Write(_prefix);
        _stream.Write(path);
        _stream.WriteByte(0);
    }

    /// <summary>Adds a path.</summary>
    /// <param name="path">Relative to the source folder, with no slash in front.</param>
    public void Add(string path) => Add(Encoding.UTF8.GetBytes(path));
}
