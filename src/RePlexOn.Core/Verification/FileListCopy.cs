using System.Security.Cryptography;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>The list of a tree's files: on the target, and the mirror's in a copy beside the index, to save fetching it.</summary>
internal static class FileListCopy
{
    // A million files need some 30 MB.
    private const long LargestList = 1L << 30;

    /// <summary>Where the copy lies that belongs to an index.</summary>
    public static string PathFor(string indexPath) => Path.ChangeExtension(indexPath, ".files.gz");

    /// <summary>Keeps the list of a run for the next one.</summary>
    /// <param name="list">The list in the staging area.</param>
    /// <param name="indexPath">The index that the copy goes with.</param>
    public static void Keep(string list, string indexPath)
    {
        // Time and mode go along, so that a snapshot's list can be told to be the same. A copy that a power cut leaves half
        // is not taken: its sum is not the manifest's.
        string unfinished = PathFor(indexPath) + ".new";
        try
        {
            File.Copy(list, unfinished, overwrite: true);
            File.Move(unfinished, PathFor(indexPath), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run fetches it from the target.
        }
    }

    /// <summary>Gives a list that is the same as the mirror's the mirror's time, to the nanosecond, so that rsync finds it the same.</summary>
    public static void MatchTime(string list, string indexPath)
    {
        if (FileStatus.Read(PathFor(indexPath)) is { } copy) _ = LinuxCalls.SetModified(list, copy.ModifiedNs);
    }

    /// <summary>Reads the mirror's list.</summary>
    /// <param name="prepared">The mirror.</param>
    /// <param name="sha256">The sum that its manifest names; null where it names none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where there is none, or it is damaged: then contents are unproven.</returns>
    public static async Task<byte[]?> ReadMirrorsAsync(PreparedMirror prepared, string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is null) return null;
        string copy = PathFor(prepared.IndexPath);
        if (File.Exists(copy) && await File.ReadAllBytesAsync(copy, cancellationToken) is var list && Sha256Of(list) == sha256) return list;
        return await FetchAsync(prepared.Rsync, TargetLayout.Mirror, sha256, cancellationToken);
    }

    /// <summary>Fetches a list from the target.</summary>
    /// <returns>Null where it is not there, or is not what its manifest names.</returns>
    public static async Task<byte[]?> FetchAsync(RsyncClient rsync, string tree, string sha256, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? list = await rsync.ReadFileAsync(tree + BackupManifest.FileListRelativePath, LargestList, cancellationToken);
            return list is not null && Sha256Of(list) == sha256 ? list : null;
        }
        catch (RePlexOnException unfit) when (unfit.ErrorId == "TargetFileUnfit")
        {
            return null;
        }
    }

    /// <summary>The sum of a list in a file, as a manifest names it.</summary>
    public static string Sha256OfFile(string path)
    {
        using FileStream list = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(list));
    }

    private static string Sha256Of(byte[] list) => Convert.ToHexStringLower(SHA256.HashData(list));
}
