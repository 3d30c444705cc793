namespace RePlexOn.Schedules;

/// <summary>What a schedule is written for.</summary>
public enum SchedulePlace
{
    /// <summary>cron: the user's own crontab.</summary>
    Crontab,

    /// <summary>cron: the file /etc/cron.d/replexon, for root.</summary>
    CronD,

    /// <summary>systemd: a timer and a service, of the system for root, of the user for others.</summary>
    Systemd,
}
