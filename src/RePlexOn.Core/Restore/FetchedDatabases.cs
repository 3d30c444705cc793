using System.Security.Cryptography;
using RePlexOn.Backup;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Restore;

/// <summary>Proves the databases of a backup that was fetched, before they take the place of any other.</summary>
internal sealed class FetchedDatabases(IProgress<BackupProgress>? progress)
{
    /// <summary>Checks each, and compares it with what the manifest says of it.</summary>
    /// <param name="folder">Where the backup was fetched to.</param>
    /// <param name="expected">The databases that must be there; null where no manifest says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is wrong, a sentence for each; none where all is well.</returns>
    public async Task<IReadOnlyList<string>> FindTroubleAsync(
        string folder, IReadOnlyList<CapturedDatabase>? expected, CancellationToken cancellationToken)
    {
        var trouble = new List<string>();
        foreach (CapturedDatabase database in (expected ?? []).Where(one => !File.Exists(Path.Combine(folder, one.Path))))
        {
            trouble.Add($"{database.Path} is missing.");
        }

        foreach (PlexDatabaseFile database in PlexDatabaseFiles.Find(folder))
        {
            progress?.Report(new(BackupPhase.CheckingFetched, Path.GetFileName(database.RelativePath), 0, database.Bytes));
            string? sum = expected?.FirstOrDefault(one => one.Path == database.RelativePath)?.Sha256;
            if (sum is not null && sum != await HashAsync(database.FullPath, cancellationToken))
            {
                trouble.Add($"{database.RelativePath} is not the file that was backed up: its SHA-256 differs.");
            }

            var report = new DirectProgress<DatabaseCaptureProgress>(step => progress?.Report(new(
                BackupPhase.CheckingFetched, Path.GetFileName(database.RelativePath), step.PagesDone * step.PageSize, database.Bytes)));
            DatabaseCheckResult check = DatabaseCheck.Check(database.FullPath, report, cancellationToken);
            if (!check.IsSound) trouble.Add($"{database.RelativePath} is damaged: {check.Problems[0]}.");
        }

        return trouble;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
