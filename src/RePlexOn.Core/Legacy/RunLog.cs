using System.Globalization;
using System.Text;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Legacy;

/// <summary>
/// Writes RePlexOn's own runs to a log with the first system's markers, and to the tracking file beside it, so that
/// whatever read the first system's log goes on working. A line with the run's id tells an import that the history knows it.
/// </summary>
/// <param name="path">The log.</param>
/// <param name="mostBytes">Size from which on the next run begins a new one.</param>
/// <param name="keep">How many old ones are kept.</param>
internal sealed class RunLog(string path, long mostBytes, int keep)
{
    private const string Failed = "failed", Succeeded = "success";

    /// <summary>The log that a configuration asks for; null where it asks for none.</summary>
    public static RunLog? For(RePlexOnConfiguration configuration)
    {
        LogSettings log = configuration.Log;
        return log.Enabled ? new RunLog(configuration.LogPath, log.MaxMegabytes * 1024L * 1024, log.Keep) : null;
    }

    /// <summary>Writes that a run has begun, in a new file where the old one is large by now.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    public string? Begin(BackupRun run)
    {
        string? marker = run.Kind switch
        {
            RunKind.Mirror => $"=== Plex Backup Started: {Date(run.StartedAt)} ===",
            RunKind.ConfigBackup => $"=== Script Config Backup Started: {Date(run.StartedAt)} ===",
            RunKind.Prune => $"=== Plex Snapshot Cleanup - {Date(run.StartedAt)} ====",
            _ => null,
        };
        return Guarded(() =>
        {
            Rotate();
            if (marker is not null) Append(path, $"{marker}\n{Name(run)}\n");
        });
    }

    /// <summary>Writes how a run has ended.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    public string? End(BackupRun run)
    {
        bool isGood = run.Status is RunStatus.Succeeded or RunStatus.Warning;
        string code = ((int)(run.ExitCode ?? ExitCode.Failed)).ToString(CultureInfo.InvariantCulture);
        string? end = run.Kind switch
        {
            RunKind.Mirror or RunKind.ConfigBackup => Ended(run, isGood, code),
            RunKind.Snapshot when isGood => $"Weekly snapshot created: {FolderOf(run)}/",
            RunKind.Snapshot => $"WARNING: Weekly snapshot failed with code {code}",
            RunKind.Prune when isGood => "Cleanup complete.",
            RunKind.Prune => $"WARNING: Snapshot cleanup failed with code {code}",
            _ => null,
        };
        return end is null ? null : Guarded(() =>
        {
            Append(path, $"{Name(run)}\nRePlexOn: {OneLine(run.Message ?? "")}\n{end}\n");
            if (run.Kind != RunKind.Mirror) return;

            string day = run.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Append(TrackingFile.BesideLog(path), $"{day}:{(isGood ? Succeeded : Failed)}\n");
        });
    }

    private static string Ended(BackupRun run, bool isGood, string code)
    {
        string what = run.Kind == RunKind.Mirror ? "Plex Backup" : "Script Config Backup";
        string how = isGood ? "Completed Successfully" : $"FAILED with code {code}";
        double speedup = run.BytesSent > 0 ? (double)run.BytesTotal / run.BytesSent : 0;
        // In the form that the first system looks for; what came back is not counted.
        string figures = isGood
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"sent {run.BytesSent:N0} bytes  received 0 bytes\ntotal size is {run.BytesTotal:N0}  speedup is {speedup:0.00}\n")
            : "";
        return $"{figures}=== {what} {how}: {Date(run.EndedAt ?? run.StartedAt)} ===";
    }

    // The name that a snapshot begun at that moment gets.
    private static string FolderOf(BackupRun run) => TargetLayout.Snapshots + SnapshotName.At(run.StartedAt).Text;

    private static string Name(BackupRun run) => $"RePlexOn run {run.Id}";

    /// <summary>As <c>date</c> writes it without a locale, as under cron.</summary>
    private static string Date(DateTimeOffset moment)
    {
        string zone = ZoneAbbreviation.At(moment) is { } name ? $" {name}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{moment:ddd MMM} {moment.Day,2} {moment:HH:mm:ss}{zone} {moment:yyyy}");
    }

    // No text may look like a marker, whatever a file is named.
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char one in text) line.Append(char.IsControl(one) ? ' ' : one);
        return line.ToString().Replace("===", "==", StringComparison.Ordinal);
    }

    private void Rotate()
    {
        if (FileStatus.Read(path) is not { IsRegularFile: true } log || log.Bytes < mostBytes) return;

        for (int number = keep - 1; number >= 1; number--)
        {
            string old = LogPart.RotatedName(path, number);
            if (File.Exists(old)) File.Move(old, LogPart.RotatedName(path, number + 1), overwrite: true);
        }

        File.Move(path, LogPart.RotatedName(path, 1), overwrite: true);
        using FileStream begun = Open(path, FileMode.CreateNew);
        log.Owner.ApplyTo(path);
        File.SetUnixFileMode(begun.SafeFileHandle, log.Mode);
    }

    // In one piece, so that nothing which others write to the log meanwhile comes in between.
    private static void Append(string file, string text)
    {
        if (FileStatus.Read(file) is { IsRegularFile: false }) throw new IOException($"{file} is not a file.");
        using FileStream log = Open(file, FileMode.Append);
        log.Write(Encoding.UTF8.GetBytes(text));
    }

    private static FileStream Open(string file, FileMode mode) => new(file, new FileStreamOptions
    {
        Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, UnixCreateMode = PrivateMode.File,
    });

    private string? Guarded(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The log {path} could not be written: {e.Message}";
        }
    }
}
