using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Processes;

namespace RePlexOn.Restore;

/// <summary>
/// Where a restore works: in a folder of the destination itself, since a rename reaches no other file system, under a
/// name that no backup takes along.
/// </summary>
/// <param name="destination">The folder that is restored to.</param>
internal sealed class RestoreWorkspace(string destination)
{
    /// <summary>The folder's name in which what was there before is kept aside.</summary>
    public const string OldFolder = "old";

    private const string UnderWay = "restore";
    private const string Before = "before-restore-";
    private const string Undone = "undone-restore-";
    private const string JournalName = "journal.json";

    /// <summary>The folder that is restored to.</summary>
    public string Destination { get; } = destination;

    /// <summary>The folder it works in.</summary>
    public string Folder { get; private init; } = Path.Combine(destination, BackupManifest.Folder, UnderWay);

    /// <summary>Where the backup is fetched to.</summary>
    public string Fetched => Path.Combine(Folder, "new");

    /// <summary>Where what was there before is kept aside.</summary>
    public string Old => Path.Combine(Folder, OldFolder);

    /// <summary>Where what appeared since, while a restore was cut short or before it is undone, is kept aside.</summary>
    public string Since => Path.Combine(Folder, "since");

    /// <summary>Whether its restore has not ended.</summary>
    public bool IsUnderWay => Path.GetFileName(Folder) == UnderWay;

    private string JournalPath => Path.Combine(Folder, JournalName);

    /// <summary>The workspace to undo: that of a restore that was cut short, else that of the last one; null for none.</summary>
    public static RestoreWorkspace? FindLast(string destination)
    {
        var underWay = new RestoreWorkspace(destination);
        if (underWay.ReadJournal() is not null) return underWay;

        string parent = Path.Combine(destination, BackupManifest.Folder);
        string? last = !Directory.Exists(parent) ? null : Directory.EnumerateDirectories(parent, Before + "*")
            .Where(folder => File.Exists(Path.Combine(folder, JournalName))).Max(StringComparer.Ordinal);
        return last is null ? null : new RestoreWorkspace(destination) { Folder = last };
    }

    /// <summary>What is written down of the restore; null where none was begun.</summary>
    public RestoreJournal? ReadJournal() => RestoreJournal.Read(JournalPath);

    /// <summary>Writes down how far it is.</summary>
    public void Write(RestoreJournal journal) => journal.Write(JournalPath);

    /// <summary>Makes the folders, for this user alone.</summary>
    /// <param name="anew">Whether to remove first what an earlier restore has fetched.</param>
    public async Task CreateAsync(bool anew)
    {
        if (anew && Directory.Exists(Folder)) await DeleteAsync(Folder);
        Directory.CreateDirectory(Fetched, PrivateMode.Folder);
    }

    /// <summary>Frees the workspace for the next restore, and keeps what was there before under the moment of this one.</summary>
    /// <returns>Where it is kept; null where there was nothing.</returns>
    public async Task<string?> KeepOldAsync(DateTimeOffset startedAt)
    {
        if (!Directory.Exists(Old) && !Directory.Exists(Since))
        {
            await RemoveAsync();
            return null;
        }

        await DeleteAsync(Fetched);
        return MoveTo(Before, startedAt);
    }

    /// <summary>
    /// Frees the workspace after its restore was undone. What a whole restore had put there is kept: Plex may have worked
    /// with it.
    /// </summary>
    /// <returns>Where it is kept; null where it is not.</returns>
    public async Task<string?> KeepUndoneAsync(DateTimeOffset startedAt)
    {
        if (!IsUnderWay || Directory.Exists(Since)) return MoveTo(Undone, startedAt);

        await RemoveAsync();
        return null;
    }

    private string MoveTo(string prefix, DateTimeOffset moment)
    {
        string wanted = Path.Combine(
            Path.GetDirectoryName(Folder)!, prefix + moment.ToString("yyyy-MM-dd_HHmmss", CultureInfo.InvariantCulture));
        string place = wanted;
        for (int n = 2; Directory.Exists(place); n++) place = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{n}");
        Directory.Move(Folder, place);
        return place;
    }

    // The journal last: a removal that is cut short is then still known for what it is.
    private async Task RemoveAsync()
    {
        await DeleteAsync(Fetched);
        await DeleteAsync(Old);
        await DeleteAsync(Folder);
        string parent = Path.GetDirectoryName(Folder)!;
        if (!Directory.EnumerateFileSystemEntries(parent).Any()) Directory.Delete(parent);
    }

    // .NET cannot delete names that are not UTF-8.
    private static async Task DeleteAsync(string folder)
    {
        var call = new ProgramCall { Program = "rm", Arguments = ["-rf", "--one-file-system", "--", folder] };
        ProgramResult result = await new ProgramRunner().RunAsync(call, null, null, CancellationToken.None);
        if (result.ExitCode != 0) throw new IOException($"{folder} cannot be removed: {result.ErrorText}");
    }
}
