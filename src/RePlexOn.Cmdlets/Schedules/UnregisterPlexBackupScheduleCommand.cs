using System.Management.Automation;
using RePlexOn.Schedules;

namespace RePlexOn.Cmdlets.Schedules;

/// <summary>Takes a schedule of RePlexOn's away, wherever it is.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "PlexBackupSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class UnregisterPlexBackupScheduleCommand : CoreCommand
{
    /// <summary>The job that is to run by itself no more.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public ScheduleJob Job { get; set; }

    /// <summary>The configuration that the schedule is for, in place of the one found by itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ConfigurationPath { get; set; }

    /// <summary>Set for a line of the first RePlexOn from the pipeline, which is left alone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public bool IsLegacy { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        if (IsLegacy)
        {
            WriteWarning($"A line of the first RePlexOn ({Job}) is yours: take it out with `crontab -e`.");
            return;
        }

        string? configuration = string.IsNullOrEmpty(ConfigurationPath) ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(ConfigurationPath);
        IReadOnlyList<ScheduleChange> plan = Unregister(configuration, dryRun: true);
        if (ShouldProcess(string.Join(", ", plan.Select(one => one.Schedule.Location)), $"Start {Job} by itself no more"))
            Unregister(configuration, dryRun: false);
    }

    private IReadOnlyList<ScheduleChange> Unregister(string? configuration, bool dryRun) => Await<string, IReadOnlyList<ScheduleChange>>(
        step => new ProgressRecord(1, "Unregistering a schedule", step),
        (_, token) => new ScheduleBook(TimeProvider.System).UnregisterAsync(Job, configuration, dryRun, token));
}
