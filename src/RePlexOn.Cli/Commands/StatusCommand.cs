using System.CommandLine;
using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon status</c></summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new CommandWithExamples(
            "status", "Tell how the backup stands.",
            "replexon status",
            "replexon status --json");
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            BackupStatus status = await new BackupStatusReader(TimeProvider.System).ReadAsync(shared.Load(parsed), token);
            if (shared.Json(parsed))
            {
                Screen.WriteJson(status, CliJson.Default.BackupStatus);
            }
            else
            {
                Write(status);
            }

            return (int)(status.Health == BackupHealth.NeverRun ? ExitCode.Succeeded : status.ExitCode);
        });
        return command;
    }

    private static void Write(BackupStatus status)
    {
        Screen.WriteFields(
            ("Health", $"{status.Health}. {status.Summary}"),
            ("Source", status.Source ?? "not set"),
            ("Target", status.Target ?? "not set"),
            ("Last good", status.LastGoodAt?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "never"),
            ("In the copy", status.Files is { } files ? $"{files} files, {ByteSize.Format(status.Bytes ?? 0)}" : null),
            ("Next due", status.NextDueAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            ("Verified", Verified(status)),
            ("Configuration", status.ConfigurationPath ?? "none, the defaults are in force"),
            ("State", status.StateDirectory));
        foreach (JobStatus job in status.Jobs.Where(job => job.Schedule is not null))
            Console.Out.WriteLine($"  {job.Job}: {job.Schedule}. {job.Health}.");
        foreach (CapturedDatabase database in status.LastGoodRun?.Databases ?? [])
        {
            Console.Out.WriteLine(
                $"  {Path.GetFileName(database.Path)}: {ByteSize.Format(database.Bytes)}, as of "
                + database.CapturedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                + $", {database.TablesChecked} tables checked, SHA-256 {database.Sha256[..12]}…");
        }
    }

    private static string? Verified(BackupStatus status) => status.LastVerification is { } verification
        ? $"{verification.EndedAt?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}, {verification.Pass}: {verification.Message}"
        : null;
}
