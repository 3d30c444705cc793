using System.Management.Automation;
using RePlexOn.Schedules;

namespace RePlexOn.Cmdlets.Schedules;

/// <summary>Lists the schedules that start RePlexOn, and those of the first RePlexOn.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBackupSchedule")]
[OutputType(typeof(BackupSchedule))]
public sealed class GetPlexBackupScheduleCommand : CoreCommand
{
    /// <summary>Only those for these jobs.</summary>
    [Parameter(Position = 0)]
    public ScheduleJob[]? Job { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        IReadOnlyList<BackupSchedule> schedules = Await<string, IReadOnlyList<BackupSchedule>>(
            step => new ProgressRecord(1, "Looking for schedules", step),
            (_, token) => new ScheduleBook(TimeProvider.System).ListAsync(token));
        WriteObject(schedules.Where(one => Job is null || Job.Contains(one.Job)), enumerateCollection: true);
    }
}
