namespace RePlexOn.Demo;

/// <summary>A data directory as a Plex server has it, made up: to try RePlexOn on, to measure it, to test it.</summary>
public static class SampleLibrary
{
    /// <summary>Makes the data directory. Equal options give equal files.</summary>
    /// <param name="directory">Where; by custom it ends in <c>Plex Media Server</c>. Must be missing or empty.</param>
    /// <param name="options">What it holds.</param>
    /// <param name="progress">Told every few hundred files.</param>
    /// <param name="ct">Stops; what is made by then stays.</param>
    /// <exception cref="RePlexOnException">There is something in the folder already.</exception>
    public static void Create(
        string directory, SampleOptions options, IProgress<SampleProgress>? progress, CancellationToken ct)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new RePlexOnException(
                "SampleFolderNotEmpty", ExitCode.Usage,
                $"{directory} is not empty, and a sample library never goes over what is there.",
                "Name a folder that is empty or not there yet.");
        }
        Directory.CreateDirectory(directory);
        var content = new SampleContent(options.Seed);
        SampleServerFiles.Write(directory, content, options);
        SampleDatabase.Create(directory, options);
        new SampleBundles(content, options).Write(directory, progress, ct);
    }

    /// <summary>
    /// Changes a share of the files under Metadata and Media as some days of use would: edits, new files, deletions,
    /// renames, other permissions, other times. Equal trees, shares and seeds get equal changes.
    /// </summary>
    /// <param name="directory">A sample library.</param>
    /// <param name="share">How many of the files, from 0 to 1.</param>
    /// <param name="seed">Chooses which.</param>
    /// <returns>What was changed.</returns>
    public static SampleChanges ChangeSome(string directory, double share, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new SampleChanger(new Random(seed), seed).Change(directory, share);
    }
}
