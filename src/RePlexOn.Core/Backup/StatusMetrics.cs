using System.Globalization;
using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>
/// Writes how the backup stands as a text file for Prometheus: the textfile collector of its node exporter reads files
/// that end in <c>.prom</c>.
/// </summary>
public static class StatusMetrics
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the file in one step, so that a reader never meets half of it.</summary>
    /// <param name="status">How the backup stands.</param>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="RePlexOnException"><c>MetricsNotWritable</c>.</exception>
    public static void Write(BackupStatus status, string path)
    {
        try
        {
            if (!Directory.Exists(Path.GetDirectoryName(path))) throw new DirectoryNotFoundException("the folder is not there.");
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(TextOf(status)), Mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("MetricsNotWritable", ExitCode.Usage, $"{path} cannot be written: {e.Message}",
                "Name a file in the folder that the node exporter's textfile collector reads, one that this user may write to.", e);
        }
    }

    /// <summary>The metrics, in Prometheus' text format. What is not known is left out; times are seconds since 1970.</summary>
    public static string TextOf(BackupStatus status)
    {
        var text = new StringBuilder();
        Add(text, "replexon_health", "1 for how the backup stands, 0 for the other states.",
            Enum.GetValues<BackupHealth>().Select(health =>
                ($"state=\"{health}\"", (double?)(health == status.Health ? 1 : 0))));
        AddPerJob("replexon_job_in_trouble", "1 where the job is failing or overdue.",
            job => job.Health is BackupHealth.Failing or BackupHealth.Overdue ? 1 : 0);
        AddPerJob("replexon_job_last_run_start_time_seconds", "When the newest run began.", job => Seconds(job.LastRun?.StartedAt));
        AddPerJob("replexon_job_last_success_time_seconds", "When the newest good run ended.", job => Seconds(job.LastGoodRun?.EndedAt));
        AddPerJob("replexon_job_last_success_duration_seconds", "How long it took.", job => job.LastGoodRun?.Duration.TotalSeconds);
        AddPerJob("replexon_job_failures", "Runs without success since then.", job => job.FailuresSince);
        AddPerJob("replexon_job_next_due_time_seconds", "When it is due next.", job => Seconds(job.NextDueAt));
        Add(text, "replexon_copy_files", "Files in the copy.", [("", status.Files)]);
        Add(text, "replexon_copy_bytes", "Bytes in the copy.", [("", status.Bytes)]);
        return text.ToString();

        void AddPerJob(string name, string help, Func<JobStatus, double?> value) =>
            Add(text, name, help, status.Jobs.Select(job => ($"job=\"{job.Job}\"", value(job))));
    }

    private static void Add(StringBuilder text, string name, string help, IEnumerable<(string Label, double? Value)> samples)
    {
        (string Label, double? Value)[] known = [.. samples.Where(sample => sample.Value is not null)];
        if (known.Length == 0) return;

        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach ((string label, double? value) in known)
        {
            text.Append(name).Append(label.Length > 0 ? $"{{{label}}}" : "")
                .Append(CultureInfo.InvariantCulture, $" {value}\n");
        }
    }

    private static double? Seconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds() / 1000.0;
}
