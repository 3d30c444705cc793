namespace RePlexOn.Schedules;

/// <summary>One schedule of ours, as cron or systemd hold it.</summary>
/// <param name="Job">What it starts.</param>
/// <param name="Expression">When.</param>
/// <param name="Command">What is run, as it is written there.</param>
/// <param name="Since">When it was first written so, to the second.</param>
/// <param name="ConfigurationPath">The configuration that it is for.</param>
internal sealed record ScheduleEntry(
    ScheduleJob Job, CronExpression Expression, string Command, DateTimeOffset Since, string ConfigurationPath)
{
    /// <summary>Whether both do the same at the same times.</summary>
    public bool DoesTheSameAs(ScheduleEntry other) =>
        IsFor(other.Job, other.ConfigurationPath) && Expression.Text == other.Expression.Text && Command == other.Command;

    /// <summary>Whether it is the one for a job and a configuration.</summary>
    public bool IsFor(ScheduleJob job, string configurationPath) => Job == job && ConfigurationPath == configurationPath;
}
