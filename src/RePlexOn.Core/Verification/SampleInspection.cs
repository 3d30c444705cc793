using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using RePlexOn.Backup;

namespace RePlexOn.Verification;

/// <summary>
/// Fetches some files, chosen by chance, as a restore would, and compares them with what was sent and, where it has not
/// changed since, with the source itself.
/// </summary>
internal sealed class SampleInspection(Inspection inspection, string folder)
{
    /// <summary>Makes the inspection.</summary>
    /// <param name="manifest">The tree's manifest.</param>
    /// <param name="recorded">What should be in it.</param>
    /// <param name="count">How many files to take at the most.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(BackupManifest manifest, RecordedTree recorded, int count, int seed, CancellationToken cancellationToken)
    {
        (string Path, string Name, ListedEntry Entry)[] sample = Choose(manifest, recorded, count, seed);
        if (sample.Length == 0) return;

        string place = Path.Combine(folder, "sample");
        await inspection.FetchAsync(
            place, [.. sample.Select(one => FileListPath.Bytes(one.Path))], $"fetching {sample.Length} files chosen by chance",
            sample.Sum(one => one.Entry.Bytes), cancellationToken);
        UnchangedSource? source = UnchangedSource.Open(inspection, manifest);
        foreach ((string path, string name, ListedEntry entry) in sample)
        {
            if (inspection.IsKnown(path)) continue;
            if (await FindProblemAsync(Path.Combine(place, name), entry, source?.FileOf(name), cancellationToken) is { } problem)
            {
                inspection.Find(VerificationFindingKind.Different, path, problem);
            }
        }

        Directory.Delete(place, recursive: true);
    }

    private static (string Path, string Name, ListedEntry Entry)[] Choose(
        BackupManifest manifest, RecordedTree recorded, int count, int seed)
    {
        HashSet<string> databases = [.. manifest.Databases.Select(database => database.Path)];
        string[] paths =
        [
            .. recorded.Entries.Where(pair => pair.Value is { IsFile: true, Md5: not null } && !databases.Contains(pair.Key))
                .Select(pair => pair.Key).Order(StringComparer.Ordinal),
        ];
        new Random(seed).Shuffle(paths);
        return
        [
            .. paths.Select(path => (path, FileListPath.FileName(path)!, recorded.Entries[path]))
                .Where(one => one.Item2 is not null).Take(count),
        ];
    }

    private async Task<string?> FindProblemAsync(string copy, ListedEntry entry, string? original, CancellationToken cancellationToken)
    {
        if (!File.Exists(copy)) return "it could not be fetched";

        inspection.CountRead(entry.Bytes);
        UInt128 md5 = await Md5OfAsync(copy, cancellationToken);
        if (md5 != entry.Md5) return "its content is not what was backed up";
        return original is not null && await Md5OfAsync(original, cancellationToken) != md5
            ? "its content is not that of the source, which has not changed since"
            : null;
    }

    [SuppressMessage("Security", "CA5351", Justification = "It finds damage; it is not meant to stop an attacker.")]
    private static async Task<UInt128> Md5OfAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        return BinaryPrimitives.ReadUInt128BigEndian(await MD5.HashDataAsync(file, cancellationToken));
    }
}
