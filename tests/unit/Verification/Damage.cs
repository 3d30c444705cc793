namespace RePlexOn.Tests.Verification;

/// <summary>What bad disks, careless people and cosmic rays do to a tree.</summary>
internal static class Damage
{
    /// <summary>Damages so many files of a tree: bit flips that keep size and time, truncations, removals, strangers.</summary>
    public static void Plant(string tree, int count, int seed)
    {
        var random = new Random(seed);
        string[] files = VerificationScene.FilesOf(tree);
        Assert.True(files.Length > count, $"There are only {files.Length} files.");
        random.Shuffle(files);
        for (int i = 0; i < count; i++)
        {
            switch (i % 10)
            {
                case 0: File.Delete(files[i]); break;
                case 1: Truncate(files[i], random); break;
                case 2: File.WriteAllText(files[i] + ".stranger", "x"); break;
                default: Flip(files[i], random); break;
            }
        }
    }

    /// <summary>Flips one bit in place; size and time stay.</summary>
    public static void Flip(string path, Random random)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            if (file.Length == 0) return;
            file.Position = random.NextInt64(file.Length);
            int value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ (1 << random.Next(8))));
        }

        File.SetLastWriteTimeUtc(path, time);
    }

    private static void Truncate(string path, Random random)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write)) file.SetLength(random.NextInt64(Math.Max(1, file.Length)));
        File.SetLastWriteTimeUtc(path, time);
    }
}
