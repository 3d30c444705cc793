using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Fetches some files, chosen by chance, as a restore would, and compares them with what was sent and, where it has not
/// changed since, with the source itself.
/// </summary>
/// <param name="inspection">The tree, and where findings go.</param>
/// <param name="source">The source; null where it cannot help.</param>
/// <param name="folder">Where to fetch to.</param>
internal sealed class SampleInspection(Inspection inspection, UnchangedSource? source, string folder)
{
    /// <summary>Makes the inspection.</summary>
    /// <param name="recorded">What should be in the tree.</param>
    /// <param name="count">How many files to take at the most.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(RecordedTree recorded, int count, int seed, CancellationToken cancellationToken)
    {
        string[] sample = Choose(recorded, count, seed);
        if (sample.Length == 0) return;

        string place = Path.Combine(folder, "sample");
        await inspection.FetchAsync(
            place, [.. sample.Select(FileListPath.Bytes)], $"fetching {sample.Length} files chosen by chance",
            sample.Sum(path => recorded.Entries[path].Bytes ?? 0), cancellationToken);
        IReadOnlyDictionary<string, FileSum> fetched = await TreeReading.SumsOfAsync(place, sample, recorded.SumKind, cancellationToken);
        IReadOnlyDictionary<string, FileSum> originals = source is null
            ? new Dictionary<string, FileSum>()
            : await TreeReading.SumsOfAsync(source.Folder, [.. sample.Where(source.Has)], recorded.SumKind, cancellationToken);
        foreach (string path in sample.Where(path => !inspection.IsKnown(path)))
        {
            if (FindProblem(path, recorded.Entries[path], fetched, originals) is { } problem)
            {
                inspection.Find(VerificationFindingKind.Different, path, problem);
            }
        }

        Directory.Delete(place, recursive: true);
    }

    private string[] Choose(RecordedTree recorded, int count, int seed)
    {
        string[] paths = [.. recorded.Entries.Where(pair => pair.Value.IsFile).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        new Random(seed).Shuffle(paths);
        return [.. paths.Where(FileListPath.IsText).Where(path => recorded.Entries[path].Sum is not null || source?.Has(path) == true).Take(count)];
    }

    private string? FindProblem(
        string path, ListedEntry entry, IReadOnlyDictionary<string, FileSum> fetched, IReadOnlyDictionary<string, FileSum> originals)
    {
        if (!fetched.TryGetValue(path, out FileSum sum)) return "it could not be fetched";

        inspection.CountRead(entry.Bytes ?? 0);
        if (entry.Sum is { } expected && sum != expected) return "its content is not what was backed up";
        return originals.TryGetValue(path, out FileSum original) && sum != original
            ? "its content is not that of the source, which has not changed since"
            : null;
    }
}
