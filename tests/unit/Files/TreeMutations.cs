namespace RePlexOn.Tests.Files;

/// <summary>Changes a tree at random, in all the ways that a backup must see.</summary>
internal sealed class TreeMutations(string root, Random random)
{
    private static readonly string[] Names =
        ["a", "b", "c", "d", "-rf", "new\nline", "quo\"te'", " ", "#x", "\u00e9", "[*]?", "back\\slash"];

    private const string PipeSuffix = ".pipe";

    public void Apply(int count)
    {
        for (var i = 0; i < count; i++)
            ApplyOne();
    }

    private void ApplyOne()
    {
        switch (random.Next(14))
        {
            case 0 or 1 or 2:
                Write(FreePath());
                break;
            case 3:
                if (FreePath() is { } folder)
                    Directory.CreateDirectory(folder);
                break;
            case 4:
                if (FreePath() is { } link)
                    File.CreateSymbolicLink(link, Pick(Names));
                break;
            case 5:
                if (FreePath() is { } pipe && !Path.Exists(pipe + PipeSuffix))
                    ScratchFolder.Fifo(pipe + PipeSuffix);
                break;
            case 6:
                if (Any(IsPlainFile) is { } target && FreePath() is { } linked)
                    ScratchFolder.HardLink(target, linked);
                break;
            case 7:
                if (Any(IsPlainFile) is { } edited)
                    File.AppendAllText(edited, "more");
                break;
            case 8:
                HiddenEdit();
                break;
            case 9:
                if (Any(path => IsPlainFile(path) || IsFolder(path)) is { } guarded)
                    File.SetUnixFileMode(guarded, (UnixFileMode)(random.Next(0x200) | 0x180));
                break;
            case 10:
                if (Any(_ => true) is { } owned)
                    ScratchFolder.Owner(owned, (uint)random.Next(3), (uint)random.Next(3));
                break;
            case 11:
                if (Any(IsPlainFile) is { } touched)
                    File.SetLastWriteTimeUtc(touched, new DateTime(2020, 1, 1 + random.Next(3), 0, 0, 0, DateTimeKind.Utc));
                break;
            case 12:
                if (Any(path => !IsPipe(path)) is { } moved && FreePath() is { } free && !free.StartsWith(moved + "/", StringComparison.Ordinal))
                    ScratchFolder.Rename(moved, free);
                break;
            default:
                Replace();
                break;
        }
    }

    private void Replace()
    {
        if (Any(_ => true) is not { } path)
            return;
        if (IsFolder(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
        switch (random.Next(4))
        {
            case 0:
                Write(path);
                break;
            case 1:
                Write(Path.Combine(Directory.CreateDirectory(path).FullName, Pick(Names)));
                break;
            case 2:
                File.CreateSymbolicLink(path, "elsewhere");
                break;
            default:
                break; // gone
        }
    }

    /// <summary>Other content of the same size under the same modification time.</summary>
    private void HiddenEdit()
    {
        if (Any(IsPlainFile) is not { } path)
            return;
        var stamp = File.GetLastWriteTimeUtc(path);
        var content = File.ReadAllBytes(path);
        random.NextBytes(content);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, stamp);
    }

    private void Write(string? path)
    {
        if (path is not null)
            File.WriteAllText(path, new string((char)('a' + random.Next(26)), random.Next(50)));
    }

    private string? FreePath()
    {
        var folder = random.Next(3) == 0 ? root : Any(IsFolder) ?? root;
        var path = Path.Combine(folder, Pick(Names));
        return Path.Exists(path) || new FileInfo(path).LinkTarget is not null ? null : path;
    }

    private string? Any(Func<string, bool> wanted)
    {
        var all = Beneath(root).Where(wanted).Order(StringComparer.Ordinal).ToArray();
        return all.Length == 0 ? null : Pick(all);
    }

    private static IEnumerable<string> Beneath(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).SelectMany(path => IsFolder(path) ? Beneath(path).Prepend(path) : [path]);

    private static bool IsFolder(string path) => Directory.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static bool IsPlainFile(string path) =>
        File.Exists(path) && new FileInfo(path).LinkTarget is null && !IsPipe(path);

    // .NET does not tell a pipe from a file, so the name has to; and opening one would wait for another end.
    private static bool IsPipe(string path) => path.EndsWith(PipeSuffix, StringComparison.Ordinal);

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
