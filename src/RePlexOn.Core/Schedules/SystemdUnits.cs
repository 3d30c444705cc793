namespace RePlexOn.Schedules;

/// <summary>The two unit files of a schedule: the service that does the work, and the timer that starts it.</summary>
internal static class SystemdUnits
{
    private const string OwnSection = "[X-RePlexOn]"; // systemd passes over sections that begin with X-

    /// <summary>Name of the timer of a job.</summary>
    public static string TimerOf(ScheduleJob job) => $"replexon-{ScheduledWork.NameOf(job)}.timer";

    /// <summary>Name of the service of a job.</summary>
    public static string ServiceOf(ScheduleJob job) => $"replexon-{ScheduledWork.NameOf(job)}.service";

    /// <summary>The service's file.</summary>
    public static string Service(ScheduleEntry entry) => $"""
        {Heading(entry.Job)}
        [Unit]
        Description=RePlexOn: {ScheduledWork.Of(entry.Job).Title}
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=oneshot
        ExecStart={entry.Command}
        # Done, with warnings that are in the history.
        SuccessExitStatus=3
        Nice=10

        """;

    /// <summary>The timer's file.</summary>
    /// <exception cref="RePlexOnException"><c>ScheduleNotWritable</c>: the expression has no calendar event.</exception>
    public static string Timer(ScheduleEntry entry) => $"""
        {Heading(entry.Job)}
        [Unit]
        Description=RePlexOn: {ScheduledWork.Of(entry.Job).Title} ({entry.Expression.Description})

        [Timer]
        {string.Join('\n', SystemdCalendar.Of(entry.Expression).Select(moment => $"OnCalendar={moment}"))}
        AccuracySec=1s
        # What was due while the machine was off is done after its start.
        Persistent=true

        [Install]
        WantedBy=timers.target

        {OwnSection}
        Job={entry.Job}
        Cron={entry.Expression}
        Since={ScheduleMark.TimeText(entry.Since)}
        Configuration={SystemdText.Quote(entry.ConfigurationPath)}

        """;

    /// <summary>Reads a schedule of ours; null where a timer is somebody else's.</summary>
    /// <param name="timer">The timer's file.</param>
    /// <param name="service">The service's file; null where there is none.</param>
    public static ScheduleEntry? Read(string timer, string? service)
    {
        int own = timer.IndexOf(OwnSection, StringComparison.Ordinal);
        return own >= 0
            && Enum.TryParse(Value(timer[own..], "Job"), out ScheduleJob job)
            && CronExpression.TryParse(Value(timer[own..], "Cron"), out CronExpression? expression)
            && ScheduleMark.TryReadTime(Value(timer[own..], "Since"), out DateTimeOffset since)
            ? new ScheduleEntry(
                job, expression, Value(service ?? "", "ExecStart"), since, SystemdText.Unquote(Value(timer[own..], "Configuration")))
            : null;
    }

    private static string Heading(ScheduleJob job) =>
        $"# Made by RePlexOn; `replexon schedule remove {ScheduledWork.NameOf(job)}` takes it away.";

    private static string Value(string text, string name) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}
