using System.Text;

namespace RePlexOn.Targets;

/// <summary>Writes a list of paths in the form that rsync reads from <c>--files-from=- --from0</c>.</summary>
public sealed class RsyncPathWriter
{
    private readonly Stream _stream;

    internal RsyncPathWriter(Stream stream) => _stream = stream;

    /// <summary>Adds a path, as the bytes that the file system holds.</summary>
    /// <param name="path">Relative to the source folder, with no slash in front.</param>
    public void Add(ReadOnlySpan<byte> path)
    {
        // Without the dot rsync takes a name that starts with # or ; for a comment and leaves the file out, silently.
        _stream.Write("./"u8);
        _stream.Write(path);
        _stream.WriteByte(0);
    }

    /// <summary>Adds a path.</summary>
    /// <param name="path">Relative to the source folder, with no slash in front.</param>
    public void Add(string path) => Add(Encoding.UTF8.GetBytes(path));
}
