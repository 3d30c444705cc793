using System.Text;
using System.Text.RegularExpressions;

namespace RePlexOn.Legacy;

/// <summary>The lines of the first system's log that mean something. All others are rsync's lists of files.</summary>
internal static partial class LogLine
{
    /// <summary>What every marker begins with, wherever in a line it stands: a crash leaves half lines behind.</summary>
    public static ReadOnlySpan<byte> Marker => "=== "u8;

    /// <summary>Whether a line that holds no marker may mean something, seen by its beginning.</summary>
    public static bool IsOfUse(ReadOnlySpan<byte> line) => line.Length > 4 && line[0] switch
    {
        (byte)'s' => line.StartsWith("sent "u8) || line.StartsWith("ssh: "u8),
        (byte)'t' => line.StartsWith("total size is "u8),
        (byte)'r' => line.StartsWith("rsync error: "u8),
        (byte)'S' => line.StartsWith("Sunday detected"u8),
        (byte)'W' => line.StartsWith("Weekly snapshot created"u8) || line.StartsWith("WARNING: "u8),
        (byte)'O' => line.StartsWith("Only "u8),
        (byte)'D' => line.StartsWith("Deleting: "u8),
        (byte)'C' => line.StartsWith("Cleanup complete"u8),
        (byte)'N' => line.StartsWith("Number of "u8),
        (byte)'H' => line.StartsWith("Host key verification failed"u8),
        (byte)'R' => line.StartsWith("RePlexOn"u8),
        _ => false,
    };

    /// <summary>A line as text: UTF-8, or Latin-1 where it is not, as of locales of old; without NUL bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> line)
    {
        string text = System.Text.Unicode.Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : Encoding.Latin1.GetString(line);
        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    /// <summary>The bytes that rsync sent; null where the line does not say so.</summary>
    public static long? Sent(string line) => FigureBetween(line, "sent ", " bytes  received ");

    /// <summary>The bytes in the copy; null where the line does not say so.</summary>
    public static long? TotalSize(string line) => FigureBetween(line, "total size is ", "  speedup is ");

    // Without a search by pattern: every run has both lines.
    private static long? FigureBetween(string line, string before, string after)
    {
        if (!line.StartsWith(before, StringComparison.Ordinal)) return null;
        int end = line.IndexOf(after, before.Length, StringComparison.Ordinal);
        return end < 0 ? null : RsyncFigure.Read(line.AsSpan(before.Length, end - before.Length));
    }

    /// <summary>Beginnings and ends of backups.</summary>
    [GeneratedRegex(
        "=== (?<what>Plex Backup|Script Config Backup) (?:(?<begin>Started)|(?<good>Completed(?: Successfully)?)|FAILED with code (?<code>[0-9]{1,6})): "
        + "(?<date>[^=]{1,80}?) ={3,4}(?!=)(?! Plex | Script )")]
    public static partial Regex Backup();

    /// <summary>The beginning of a clean-up.</summary>
    [GeneratedRegex("=== Plex Snapshot Cleanup - (?<date>[^=]{1,80}?) ={3,4}(?!=)(?! Plex | Script )")]
    public static partial Regex CleanUp();

    /// <summary>Lines of <c>--stats</c>.</summary>
    [GeneratedRegex(@"^Number of (?<what>files|deleted files|regular files transferred|files transferred): (?<n>[0-9.,]+[KMGTP]?)(?: \(reg: (?<reg>[0-9.,]+[KMGTP]?))?")]
    public static partial Regex Statistics();

    /// <summary>The good end of a snapshot.</summary>
    [GeneratedRegex("^Weekly snapshot created: .*?(?<name>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:_[0-9]{6})?)/?$")]
    public static partial Regex SnapshotMade();

    /// <summary>The bad end of a snapshot; of a clean-up only RePlexOn's own runs write it.</summary>
    [GeneratedRegex("^WARNING: (?:(?<snapshot>Weekly snapshot)|Snapshot cleanup) failed with code (?<code>[0-9]{1,6})")]
    public static partial Regex Failed();

    /// <summary>The end of a clean-up that had nothing to do.</summary>
    [GeneratedRegex(@"^Only (?<n>[0-9]{1,6}) snapshots found \(keeping ")]
    public static partial Regex NothingToClean();

    /// <summary>The end of a clean-up.</summary>
    [GeneratedRegex("^Cleanup complete\\.(?: Removed (?<n>[0-9]{1,6}) old snapshot)?")]
    public static partial Regex CleanUpDone();

    /// <summary>The line by which a run of RePlexOn's own says which one it is.</summary>
    [GeneratedRegex("^RePlexOn run (?<id>[0-9a-f-]{36})$")]
    public static partial Regex OwnRun();

    /// <summary>What such a run ended with.</summary>
    [GeneratedRegex("^RePlexOn: (?<message>.+)$")]
    public static partial Regex OwnMessage();
}
