using RePlexOn.Configuration;

namespace RePlexOn.Schedules;

/// <summary>The places of this machine that the current user's schedules can be in.</summary>
internal static class ScheduleHomes
{
    private const string CronFolder = "/etc/cron.d";
    private const string SystemCrontab = "/etc/crontab";

    /// <summary>All of them; the first is the one to take where none is asked for.</summary>
    public static IReadOnlyList<IScheduleHome> OfThisUser()
    {
        UserEnvironment user = UserEnvironment.Current();
        var systemctl = new Systemctl(!user.IsRoot);
        var systemd = new SystemdHome(
            user.IsRoot ? "/etc/systemd/system" : Path.GetFullPath("../../systemd/user", user.DefaultConfigurationPath),
            systemctl);
        var crontab = new CrontabHome(new UserCrontab());
        var cronD = new CrontabHome(new CronDFile());

        // A user's timers fire only while the user is logged in, unless lingering is on; cron always does.
        return user.IsRoot && systemctl.IsRunning ? [systemd, crontab, cronD] : [crontab, cronD, systemd];
    }

    /// <summary>The crontabs in which lines of the first system may be.</summary>
    public static IReadOnlyList<ICrontabFile> WithLegacyLines()
    {
        string[] others = Directory.Exists(CronFolder) ? Directory.GetFiles(CronFolder) : [];
        return
        [
            new UserCrontab(), new CronDFile(SystemCrontab),
            .. others.Where(path => path != CronDFile.UsualPath).Order(StringComparer.Ordinal).Select(path => new CronDFile(path)),
        ];
    }
}
