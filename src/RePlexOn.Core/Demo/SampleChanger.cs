namespace RePlexOn.Demo;

/// <summary>Makes the changes of <see cref="SampleLibrary.ChangeSome"/>.</summary>
internal sealed class SampleChanger(Random random, int seed)
{
    private static readonly string[] Folders = ["Metadata", "Media"];
    private int _edited;
    private int _added;
    private int _deleted;
    private int _renamed;
    private int _modeChanged;
    private int _touched;

    public SampleChanges Change(string root, double share)
    {
        var files = Files(root);
        random.Shuffle(files);
        foreach (var file in files.AsSpan(0, (int)Math.Ceiling(files.Length * share))) ChangeOne(file);
        return new SampleChanges(_edited, _added, _deleted, _renamed, _modeChanged, _touched);
    }

    private static string[] Files(string root)
    {
        // The names as they are, in an order that no file system decides.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] files = [.. Folders.Select(folder => new DirectoryInfo(Path.Combine(root, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles("*", options))
            .Select(file => file.FullName)];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private void ChangeOne(string file)
    {
        switch (random.Next(20))
        {
            case < 7:
                Edit(file);
                _edited++;
                break;
            case < 12:
                File.WriteAllBytes($"{file}.new-{seed}", Noise(random.Next(1, 20_000)));
                _added++;
                break;
            case < 14:
                File.Delete(file);
                _deleted++;
                break;
            case < 16:
                File.Move(file, $"{file}.moved-{seed}");
                _renamed++;
                break;
            case < 18:
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) ^ UnixFileMode.GroupWrite);
                _modeChanged++;
                break;
            default:
                File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddHours(1));
                _touched++;
                break;
        }
    }

    /// <summary>Overwrites a piece in the middle, which keeps the size, or adds to the end.</summary>
    private void Edit(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        var length = RandomAccess.GetLength(handle);
        var piece = Noise(random.Next(1, 500));
        var inside = random.Next(2) == 0 && length > piece.Length;
        RandomAccess.Write(handle, piece, inside ? random.NextInt64(length - piece.Length) : length);
    }

    private byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        random.NextBytes(noise);
        return noise;
    }
}
