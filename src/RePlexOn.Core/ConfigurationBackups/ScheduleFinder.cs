using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Schedules;

namespace RePlexOn.ConfigurationBackups;

/// <summary>Finds what on this machine starts RePlexOn: lines of the user's crontab, and files for cron and systemd.</summary>
internal sealed class ScheduleFinder(UserEnvironment environment)
{
    private const long LargestFile = 1 << 20;

    private static readonly string[] Names = ["replexon", "-PlexBackup", "-PlexSnapshot"];

    /// <summary>The lines of the user's crontab that name it; none where there is no crontab, or no cron.</summary>
    /// <exception cref="RePlexOnException"><c>CrontabRefused</c>: there is one, and it cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> FindCrontabLinesAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[] crontab = await new UserCrontab().ReadAsync(cancellationToken);
            return [.. Encoding.UTF8.GetString(crontab).Split('\n').Where(IsNamedIn)];
        }
        catch (RePlexOnException trouble) when (trouble.ErrorId == "ProgramMissing")
        {
            // Without cron there are no lines.
            return [];
        }
    }

    /// <summary>The files that name it: units, timers and their drop-ins, and for root those in <c>/etc/cron.d</c>.</summary>
    public IReadOnlyList<string> FindFiles()
    {
        string own = environment.Variables.GetValueOrDefault("XDG_CONFIG_HOME") is { } path && path.StartsWith('/')
            ? path : Path.Combine(environment.HomeDirectory, ".config");
        string[] folders = environment.IsRoot ? ["/etc/cron.d", "/etc/systemd/system"] : [Path.Combine(own, "systemd/user")];
        return
        [
            .. folders.Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateDirectories(folder, "*.d").Prepend(folder))
                .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles())
                .Where(IsNamedIn).Select(file => file.FullName).Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsNamedIn(FileInfo file)
    {
        if (IsNamedIn(file.Name)) return true;
        try
        {
            return file.Length <= LargestFile && IsNamedIn(File.ReadAllText(file.FullName, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What this user may not read does not start what is theirs.
            return false;
        }
    }

    private static bool IsNamedIn(string text) => Names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
}
