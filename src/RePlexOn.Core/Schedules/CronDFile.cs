using RePlexOn.Files;

namespace RePlexOn.Schedules;

/// <summary>The file of ours in <c>/etc/cron.d</c>, whose lines run as root.</summary>
/// <param name="path">Its full path; cron takes no notice of a name with a dot in it.</param>
internal sealed class CronDFile(string path = CronDFile.UsualPath) : ICrontabFile
{
    /// <summary>Where cron looks for it.</summary>
    public const string UsualPath = "/etc/cron.d/replexon";

    // cron refuses a file that others may write to.
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <inheritdoc/>
    public SchedulePlace Place => SchedulePlace.CronD;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public string? User => "root";

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("ScheduleNotReadable", ExitCode.Failed, $"{path} cannot be read: {e.Message}", "Run this as root.", e);
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            if (content.Length == 0)
            {
                File.Delete(path);
            }
            else if (Directory.Exists(Path.GetDirectoryName(path)))
            {
                AtomicFile.Write(path, content, Mode);
            }
            else
            {
                throw new RePlexOnException("ScheduleNotWritable", ExitCode.Failed,
                    $"There is no folder {Path.GetDirectoryName(path)}: no cron that reads it is installed.",
                    "Install cron, or choose another place for the schedule.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("ScheduleNotWritable", ExitCode.Failed, $"{path} cannot be written: {e.Message}",
                "Run this as root, or choose the user's own crontab.", e);
        }

        return Task.CompletedTask;
    }
}
