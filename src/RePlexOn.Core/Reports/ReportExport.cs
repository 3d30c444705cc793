using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Schedules;

namespace RePlexOn.Reports;

/// <summary>
/// Writes a report of how the backup stands: one HTML file that needs nothing beside it, no network and no script. It
/// holds no secret, but names of machines, folders and files.
/// </summary>
public sealed class ReportExport
{
    // Who may read the report decides the folder: it is made to be looked at by others than root.
    private const UnixFileMode NewFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TimeProvider _time;
    private readonly ScheduleBook _schedules;

    /// <summary>Reports with the schedules of the current user.</summary>
    public ReportExport(TimeProvider time)
        : this(time, new ScheduleBook(time))
    {
    }

    internal ReportExport(TimeProvider time, ScheduleBook schedules)
    {
        _time = time;
        _schedules = schedules;
    }

    /// <summary>Writes the report, in one step: a reader meets the one before, or the new one whole.</summary>
    /// <param name="options">What it is to be about, and where it goes.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>ReportFileTaken</c>: the file is there and is no report; <c>ReportNotWritten</c>; or the configuration, the
    /// history or the schedules cannot be read. Nothing was written then.
    /// </exception>
    public async Task<ReportResult> RunAsync(ReportOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Math.Clamp(options.Days, 1, ReportOptions.MostDays), options.Days);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Math.Clamp(options.Runs, 0, ReportOptions.MostRuns), options.Runs);
        CheckPlace(options);
        RePlexOnConfiguration configuration = options.Overrides.ApplyTo(new ConfigurationStore().Load(options.ConfigurationPath));
        BackupReport report = await new BackupReportReader(_time, _schedules).ReadAsync(configuration, options, progress, cancellationToken);
        byte[] page = Encoding.UTF8.GetBytes(new ReportPage(report).Write().ToString());
        Write(options.Path, page);
        return new ReportResult(
            options.Path, page.Length, report.MadeAt, report.Days[0].Day, report.Status.Health, report.Statistics.Runs,
            report.Snapshots?.Count, report.SnapshotTrouble?.Message);
    }

    private static void CheckPlace(ReportOptions options)
    {
        string path = options.Path;
        if (Directory.Exists(path)) throw NotWritten(path, "it is a folder", null);
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw NotWritten(path, "its folder is not there", null);
        if (options.Overwrite || !File.Exists(path) || IsReport(path)) return;

        throw new RePlexOnException(
            "ReportFileTaken", ExitCode.Usage, $"{DisplayPath.Of(path)} is there already, and is no report of RePlexOn's.",
            "Name another file, or use force to replace it.");
    }

    private static bool IsReport(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var beginning = new byte[1024];
            int length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            return length == 0 || beginning.AsSpan(0, length).IndexOf(Encoding.UTF8.GetBytes(ReportPage.Mark)) >= 0;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, trouble.Message, trouble);
        }
    }

    private static void Write(string path, byte[] page)
    {
        try
        {
            bool isThere = File.Exists(path);
            AtomicFile.Write(path, page, isThere ? File.GetUnixFileMode(path) : NewFile, isThere ? FileOwner.Of(path) : null);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, trouble.Message, trouble);
        }
    }

    private static RePlexOnException NotWritten(string path, string why, Exception? cause) => new(
        "ReportNotWritten", ExitCode.Failed, $"The report could not be written to {DisplayPath.Of(path)}: {why}",
        "Name a file in a folder that is there and that this user may write to.", cause);
}
