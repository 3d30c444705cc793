using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>What should be in a tree.</summary>
/// <param name="Entries">The entries, by path as lists spell it.</param>
/// <param name="SumKind">The kind of their sums.</param>
internal sealed record RecordedTree(IReadOnlyDictionary<string, ListedEntry> Entries, FileSumKind SumKind)
{
    /// <summary>As a list has it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static RecordedTree Of(Stream list)
    {
        var entries = new Dictionary<string, ListedEntry>();
        FileSumKind kind = FileListReader.Read(list, (path, entry) => entries[path] = entry);
        return new(entries, kind);
    }

    /// <summary>As a scan of the source had it: names and sizes.</summary>
    public static RecordedTree Of(FileTree tree)
    {
        var entries = new Dictionary<string, ListedEntry>(tree.Count);
        for (int i = 1; i < tree.Count; i++) entries[FileListPath.Of(tree.PathOf(i))] = ListedEntry.Of(tree.Record(i));
        return new(entries, default);
    }
}
