using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Schedules;

/// <summary>Schedules of ours as systemd timers.</summary>
/// <param name="folder">Where the units lie.</param>
/// <param name="systemctl">The systemd that reads them.</param>
internal sealed class SystemdHome(string folder, Systemctl systemctl) : IScheduleHome
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <inheritdoc/>
    public SchedulePlace Place => SchedulePlace.Systemd;

    /// <inheritdoc/>
    public string LocationOf(ScheduleJob job) => Path.Combine(folder, SystemdUnits.TimerOf(job));

    /// <inheritdoc/>
    public string Write(ScheduledCommand command) => command.ForSystemd();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScheduleEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<ScheduleEntry>();
        foreach (ScheduleJob job in Enum.GetValues<ScheduleJob>())
        {
            if (await ReadAsync(SystemdUnits.TimerOf(job), cancellationToken) is { } timer
                && SystemdUnits.Read(timer, await ReadAsync(SystemdUnits.ServiceOf(job), cancellationToken)) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <inheritdoc/>
    public async Task CheckAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        SystemdCalendar.Of(entry.Expression);
        if (!systemctl.IsRunning)
        {
            throw new RePlexOnException("SystemdNotRunning", ExitCode.Failed, "systemd does not run here, so no timer would fire.",
                "Choose the place crontab, or crond as root.");
        }

        string timer = SystemdUnits.TimerOf(entry.Job);
        if (await ReadAsync(timer, cancellationToken) is { } text
            && SystemdUnits.Read(text, null)?.ConfigurationPath != entry.ConfigurationPath)
        {
            throw new RePlexOnException("ScheduleTaken", ExitCode.Failed,
                $"{Path.Combine(folder, timer)} is there already, for another configuration or made by somebody else.",
                "Remove it first, or choose the place crontab, which holds any number.");
        }
    }

    /// <inheritdoc/>
    public async Task PutAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        string timer = SystemdUnits.TimerOf(entry.Job);
        bool isNew = !File.Exists(LocationOf(entry.Job));
        Change(() =>
        {
            Save(SystemdUnits.ServiceOf(entry.Job), SystemdUnits.Service(entry));
            Save(timer, SystemdUnits.Timer(entry));
        });
        await systemctl.RunAsync(cancellationToken, "daemon-reload");
        if (!isNew) await ForgetAsync(timer, cancellationToken);
        await systemctl.RunAsync(cancellationToken, "enable", "--now", timer);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        string timer = SystemdUnits.TimerOf(entry.Job);
        if (systemctl.IsRunning)
        {
            await ForgetAsync(timer, cancellationToken);
            await systemctl.RunAsync(cancellationToken, "disable", timer);
        }

        Change(() =>
        {
            File.Delete(LocationOf(entry.Job));
            File.Delete(Path.Combine(folder, SystemdUnits.ServiceOf(entry.Job)));
            File.Delete(Path.Combine(folder, "timers.target.wants", timer));
        });
        if (systemctl.IsRunning) await systemctl.RunAsync(cancellationToken, "daemon-reload");
    }

    /// <summary>
    /// Stops a timer, with the memory of when it fired last: with other times it would seem to have missed one, and
    /// fire at once.
    /// </summary>
    private async Task ForgetAsync(string timer, CancellationToken cancellationToken)
    {
        await systemctl.RunAsync(cancellationToken, "stop", timer);
        await systemctl.TryAsync(cancellationToken, "clean", "--what=state", timer);
    }

    private async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(Path.Combine(folder, name), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Save(string name, string text) =>
        AtomicFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text), Mode);

    private void Change(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("ScheduleNotWritable", ExitCode.Failed, $"The units in {folder} cannot be written: {e.Message}",
                "Run this as root, or choose the user's crontab.", e);
        }
    }
}
