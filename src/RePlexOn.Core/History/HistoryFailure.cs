using Microsoft.Data.Sqlite;

namespace RePlexOn.History;

/// <summary>What SQLite says, as a person needs it.</summary>
internal static class HistoryFailure
{
    private const int Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>Whether the file itself is broken.</summary>
    internal static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Whether the user or the file system forbids what was tried.</summary>
    internal static bool IsForbidden(SqliteException e) => e.SqliteErrorCode is Permission or ReadOnly or CannotOpen;

    /// <summary>To throw where the file's structure was found broken.</summary>
    internal static SqliteException Damage(string finding) => new(finding, Corrupt);

    /// <summary>To throw where the file can only be read.</summary>
    internal static SqliteException ReadOnlyFile() => new("history.db is read-only.", ReadOnly);

    /// <summary>The exception for a caller.</summary>
    internal static RePlexOnException From(SqliteException e, string path, HistoryAccess access) => e.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => new(
            "HistoryDamaged",
            ExitCode.Failed,
            $"The history {path} is damaged: {e.Message}",
            $"The next backup sets it aside as {Path.GetFileName(path)}.damaged-… and begins a new one; the backups themselves are not touched. If it should be rescued, copy it away before that.",
            e),
        Permission or ReadOnly or CannotOpen when access == HistoryAccess.Write =>
            StateDirectory.NotWritable(Path.GetDirectoryName(path)!, e),
        Permission or ReadOnly or CannotOpen => NotReadable(path, e),
        Full => new(
            "HistoryNotWritten",
            ExitCode.NoRoom,
            $"The history {path} could not be written: the disk is full.",
            "Make room on the disk that holds the state directory.",
            e),
        Busy or Locked => new(
            "HistoryBusy",
            ExitCode.Failed,
            $"The history {path} stayed locked by another process.",
            $"Try again; if it goes on, see who has it open: fuser -v {path}",
            e),
        _ => new(
            "HistoryFailed",
            ExitCode.Failed,
            $"The history {path} could not be used: {e.Message}",
            "Look at the disk that holds the state directory (dmesg, df); the backups themselves are not touched.",
            e),
    };

    /// <summary>To throw where this user may not look.</summary>
    internal static RePlexOnException NotReadable(string path, Exception cause) => new(
        "HistoryNotReadable",
        ExitCode.Usage,
        $"This user may not read the history {path}.",
        "Run it as the user that runs the backups (mostly root, so with sudo).",
        cause);
}
