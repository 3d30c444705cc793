using System.Globalization;
using System.IO.Compression;
using System.Text;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Notes what a run does to the files of a backup, and the sum of each content that it sends, which rsync has worked out
/// anyway. The lists of a tree's runs, one after the other, tell what must be in it: years later, without the source.
/// </summary>
/// <remarks>
/// A list is compressed text of one line an entry: rsync's letter for the kind (or <c>x</c> for what is gone), the size,
/// the MD5 (or <c>-</c> where none is known) and the path (see <see cref="FileListPath"/>).
/// </remarks>
internal sealed class FileListWriter : IDisposable
{
    /// <summary>The first line of a list that names every entry: what it does not name is not in the tree.</summary>
    public const string WholeTree = "whole";

    private readonly StreamWriter _lines;

    /// <summary>Begins a list.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="wholeTree">Whether every entry of the tree will be noted.</param>
    public FileListWriter(string path, bool wholeTree)
    {
        _lines = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)) { NewLine = "\n" };
        if (wholeTree) _lines.WriteLine(WholeTree);
        IsEmpty = !wholeTree;
    }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Notes what rsync did with a path.</summary>
    public void Add(RsyncChange change)
    {
        string path = FileListPath.OfPrinted(change.PrintedPath);
        if (path.Length == 0) return;
        if (change.Kind == RsyncChangeKind.Deleted) Write('x', 0, null, path);
        else Write(change.Itemized[1], change.Itemized[1] == 'f' ? change.Bytes : 0, change.Md5, path);
    }

    /// <summary>Notes that an entry of an earlier scan is gone, with all beneath it.</summary>
    public void AddGone(FileTree before, FileEntry entry)
    {
        for (int i = entry.Index; i < before.Record(entry.Index).End; i++) Write('x', 0, null, FileListPath.Of(before.PathOf(i)));
    }

    /// <summary>Notes that something is gone.</summary>
    /// <param name="path">Its path below the tree.</param>
    public void AddGone(string path) => Write('x', 0, null, FileListPath.Of(Encoding.UTF8.GetBytes(path)));

    /// <summary>Ends the list; it can be sent then.</summary>
    public void Dispose() => _lines.Dispose();

    private void Write(char kind, long bytes, UInt128? md5, string path)
    {
        IsEmpty = false;
        _lines.Write(kind);
        _lines.Write(' ');
        _lines.Write(bytes.ToString(CultureInfo.InvariantCulture));
        _lines.Write(' ');
        _lines.Write(md5 is { } sum ? FileListPath.Hex(sum) : "-");
        _lines.Write(' ');
        _lines.WriteLine(path);
    }
}
