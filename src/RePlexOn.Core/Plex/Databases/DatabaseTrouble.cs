using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RePlexOn.Plex.Databases;

/// <summary>What can go wrong with a capture, in words for the person who has to deal with it.</summary>
internal static class DatabaseTrouble
{
    private const int NoSpaceLeft = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    private const string HealAdvice =
        "Let Plex's own repair have a go at it, or restore the database from an earlier snapshot "
        + "(Restore-PlexBackup). The backups made before are untouched.";

    public static RePlexOnException Missing(CopyJob job) => new(
        "DatabaseMissing", ExitCode.Failed,
        $"{job.Source.FullPath} is not there.",
        "See that the disk is mounted and that the configured folder is Plex's data directory.");

    public static RePlexOnException Empty(CopyJob job) => new(
        "DatabaseDamaged", ExitCode.VerificationFailed,
        $"{job.Source.FullPath} is empty (0 bytes), so there is nothing in it to back up.", HealAdvice);

    public static RePlexOnException NotADatabase(CopyJob job) => new(
        "DatabaseDamaged", ExitCode.VerificationFailed,
        $"{job.Source.FullPath} does not begin as a SQLite database does: it is overwritten, truncated or encrypted.",
        HealAdvice);

    public static RePlexOnException Locked(CopyJob job) => new(
        "DatabaseLocked", ExitCode.Failed,
        $"Plex, or another program, holds {job.Source.RelativePath} locked, "
        + $"and did not let go of it within {Seconds(job)} seconds.",
        "Plex does this while it optimises its database: try again later. If it lasts, see which program has the file "
        + "open (fuser -v FILE).");

    public static RePlexOnException KeepsChanging(CopyJob job) => new(
        "DatabaseKeepsChanging", ExitCode.Failed,
        $"{job.Source.RelativePath} was written to during each attempt to copy it, for {Seconds(job)} seconds, "
        + "and its -shm file is missing or may not be read, so it cannot be read beside its writer.",
        "Run RePlexOn as root or as the user that Plex runs as, on the machine that Plex runs on.");

    /// <summary>The copy failed its check twice.</summary>
    public static RePlexOnException Damaged(CopyJob job, DatabaseCheckResult first, DatabaseCheckResult second)
    {
        var same = first.Problems.SequenceEqual(second.Problems);
        return new RePlexOnException(
            "DatabaseDamaged", ExitCode.VerificationFailed,
            $"Two copies of {job.Source.RelativePath}, taken one after the other, failed their check, "
            + (same ? "both in the same way, so the damage is in Plex's database itself: "
                : "each in its own way, so the damage is in Plex's database, in memory or on the disk of the staging folder: ")
            + string.Join("; ", second.Problems.Take(3)),
            same ? HealAdvice : "Look for disk and memory errors in the kernel's log (dmesg). " + HealAdvice);
    }

    /// <summary>What SQLite met while it copied.</summary>
    public static RePlexOnException From(SqliteException e, CopyJob job) => e.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new RePlexOnException(
            "DatabaseDamaged", ExitCode.VerificationFailed,
            $"{job.Source.FullPath} is damaged or encrypted: {e.Message}", HealAdvice, e),
        raw.SQLITE_FULL => NoRoom(job, e),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => Unreadable(job, e),
        _ => Failed(job, e),
    };

    /// <summary>What the file system met while files were copied.</summary>
    public static RePlexOnException From(Exception e, CopyJob job) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException when !File.Exists(job.From.Main) => Missing(job),
        UnauthorizedAccessException => Unreadable(job, e),
        IOException { HResult: NoSpaceLeft or QuotaExceeded } => NoRoom(job, e),
        _ => Failed(job, e),
    };

    private static RePlexOnException NoRoom(CopyJob job, Exception e) => new(
        "StagingFull", ExitCode.NoRoom,
        $"No room is left for a copy of {job.Source.RelativePath} ({job.Source.Bytes} bytes) at {job.To.Main}.",
        "Free some room there, or set the staging folder to a disk that has it.", e);

    private static RePlexOnException Unreadable(CopyJob job, Exception e) => new(
        "DatabaseUnreadable", ExitCode.Failed,
        $"{job.Source.FullPath} cannot be opened, or its copy cannot be made at {job.To.Main}: {e.Message}",
        "Run RePlexOn as root or as the user that Plex runs as.", e);

    private static RePlexOnException Failed(CopyJob job, Exception e) => new(
        "DatabaseCopyFailed", ExitCode.Failed,
        $"Copying {job.Source.FullPath} to {job.To.Main} failed: {e.Message}",
        "Look for disk errors in the kernel's log (dmesg), then try again.", e);

    private static long Seconds(CopyJob job) => (long)job.Options.Patience.TotalSeconds;
}
