using System.Text;
using System.Text.Unicode;

namespace RePlexOn.Files;

/// <summary>Some folders of a tree that hold about half of it, a quarter at least, so that two can work at it.</summary>
internal sealed class TreeHalf
{
    // Below it, one alone is done within a second or two.
    private const long SmallestTree = 20_000;

    // rsync holds each entry against the rules for them, one by one.
    private const int MostFolders = 20;

    // So many bytes take as long on a network of 1 Gbit/s as an entry takes rsync besides.
    private const long BytesLikeAnEntry = 10_000;

    private const int OwnersRights = 0b111_000_000;

    private TreeHalf(IEnumerable<FileEntry> folders) =>
        Folders = [.. folders.Select(folder => "/" + Encoding.UTF8.GetString(folder.Path))];

    /// <summary>The folders, with a slash before each; none lies in another.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>
    /// Arguments that make rsync take these folders with all that is in them, and nothing else but the folders above. They
    /// go before those of <see cref="FilePatterns"/>, which still leave out what they do within.
    /// </summary>
    public IReadOnlyList<string> Rules
    {
        get
        {
            string[] above = [.. Folders.SelectMany(Above).Distinct()];
            return
            [
                .. above.Where(folder => folder.Length > 0).Concat(Folders).Select(folder => "--filter=+ " + Pattern(folder, "")),
                .. above.Select(folder => "--filter=- " + Pattern(folder, "/*")),
            ];
        }
    }

    /// <summary>
    /// Arguments that make rsync leave these folders out, for the other half, with which all goes that comes into being
    /// elsewhere. What is renamed out of one half after the other was listed goes with none of the two; the next run finds it.
    /// </summary>
    public IReadOnlyList<string> RestRules => [.. Folders.Select(folder => "--filter=- " + Pattern(folder, ""))];

    /// <summary>Chooses the folders.</summary>
    /// <param name="tree">The tree.</param>
    /// <returns>Null where the tree is small, or is not to be halved.</returns>
    public static TreeHalf? Of(FileTree tree)
    {
        long[] before = WeightsBefore(tree);
        long whole = before[tree.Count];
        if (whole < SmallestTree || !CanBeShared(tree, 0)) return null;

        var chosen = new List<FileEntry>();
        long wanted = whole / 2;
        long closeEnough = whole / 50;
        int? folder = 0;
        while (folder is { } parent)
        {
            folder = null;
            foreach (int child in FoldersIn(tree, parent).OrderByDescending(Weight))
            {
                if (wanted < closeEnough || chosen.Count == MostFolders) break;
                if (Weight(child) <= wanted)
                {
                    chosen.Add(tree[child]);
                    wanted -= Weight(child);
                }
                else if (CanBeShared(tree, child))
                {
                    // Part of the smallest one that is too large makes up for what is still wanted.
                    folder = child;
                }
            }
        }

        return wanted > whole / 4 ? null : new TreeHalf(chosen);

        long Weight(int index) => before[tree.Record(index).End] - before[index];
    }

    private static long[] WeightsBefore(FileTree tree)
    {
        var before = new long[tree.Count + 1];
        for (int i = 0; i < tree.Count; i++)
        {
            ref readonly FileRecord record = ref tree.Record(i);
            before[i + 1] = before[i] + 1 + (record.IsRegular ? record.Size / BytesLikeAnEntry : 0);
        }

        return before;
    }

    private static IEnumerable<int> FoldersIn(FileTree tree, int folder)
    {
        for (int child = folder + 1; child < tree.Record(folder).End; child = tree.Record(child).End)
        {
            if (tree.Record(child).IsDirectory && CanBeNamed(tree, child)) yield return child;
        }
    }

    // A name that is no text cannot be given to rsync as a rule, nor a very long path: escaped it is up to twice as long.
    private static bool CanBeNamed(FileTree tree, int folder) =>
        Utf8.IsValid(tree.NameOf(folder)) && (2 * tree.PathLength(folder)) + 3 <= PatternReader.LongestPattern;

    // Where the owner may not write, rsync lets him while it works, and forbids it again at its end: to the other half too.
    private static bool CanBeShared(FileTree tree, int folder) => (tree.Record(folder).Mode & OwnersRights) == OwnersRights;

    private static IEnumerable<string> Above(string folder)
    {
        while (folder.Length > 0)
        {
            folder = folder[..folder.LastIndexOf('/')];
            yield return folder;
        }
    }

    private static string Pattern(string folder, string rest) => PathPattern.Parse(FilePatterns.Escape(folder) + rest).RsyncPattern;
}
