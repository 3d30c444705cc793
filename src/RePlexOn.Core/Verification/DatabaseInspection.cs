using System.Security.Cryptography;
using System.Text;
using RePlexOn.Backup;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Verification;

/// <summary>Fetches the databases of a backup, one after the other, and reads each from end to end.</summary>
internal sealed class DatabaseInspection(Inspection inspection, string folder)
{
    /// <summary>Makes the inspection of all databases that a manifest names.</summary>
    /// <exception cref="RePlexOnException"><c>StagingFull</c>: there is no room to fetch one.</exception>
    public async Task RunAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        foreach (CapturedDatabase database in manifest.Databases)
        {
            new StagingRoom(folder, new DriveInfo(folder).AvailableFreeSpace, database.Bytes).EnsureEnough();
            string place = Path.Combine(folder, "database");
            byte[] path = Encoding.UTF8.GetBytes(database.Path);
            await inspection.FetchAsync(
                place, [path], $"fetching {Path.GetFileName(database.Path)}", database.Bytes, cancellationToken);
            string listed = FileListPath.Of(path);
            if (await FindProblemAsync(Path.Combine(place, database.Path), database, cancellationToken) is { } problem
                && !inspection.IsKnown(listed))
            {
                inspection.Find(VerificationFindingKind.DatabaseDamaged, listed, problem);
            }

            Directory.Delete(place, recursive: true);
        }
    }

    private async Task<string?> FindProblemAsync(string copy, CapturedDatabase database, CancellationToken cancellationToken)
    {
        if (!File.Exists(copy)) return "it could not be fetched";

        inspection.CountRead(database.Bytes);
        inspection.Progress?.Report(new($"checking {Path.GetFileName(copy)}"));
        await using (FileStream file = File.OpenRead(copy))
        {
            string sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            if (sha256 == database.Sha256) return await CheckAsync(copy, cancellationToken);
        }

        // What SQLite says of it tells how bad it is.
        string? damage = await CheckAsync(copy, cancellationToken);
        return "its content is not what was backed up" + (damage is null ? ", though SQLite can read it" : $"; {damage}");
    }

    private async Task<string?> CheckAsync(string copy, CancellationToken cancellationToken)
    {
        var report = new DirectProgress<DatabaseCaptureProgress>(step => inspection.Progress?.Report(
            new($"checking {Path.GetFileName(copy)}", step.PagesDone * step.PageSize, step.PagesTotal * step.PageSize)));
        try
        {
            DatabaseCheckResult result = await Task.Run(() => DatabaseCheck.Check(copy, report, cancellationToken), cancellationToken);
            return result.IsSound ? null : $"SQLite says: {string.Join("; ", result.Problems)}";
        }
        catch (RePlexOnException unreadable) when (unreadable.ErrorId == "DatabaseNotCheckable")
        {
            return unreadable.Message;
        }
    }
}
