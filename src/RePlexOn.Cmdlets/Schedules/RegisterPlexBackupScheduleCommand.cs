using System.Management.Automation;
using RePlexOn.Schedules;

namespace RePlexOn.Cmdlets.Schedules;

/// <summary>Has a job run by itself; a schedule for the same job gives way.</summary>
[Cmdlet(VerbsLifecycle.Register, "PlexBackupSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BackupSchedule))]
public sealed class RegisterPlexBackupScheduleCommand : ConfigurationCommand
{
    /// <summary>What to start.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public ScheduleJob Job { get; set; }

    /// <summary>When, as a cron expression; a time that suits the job where it is not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Expression { get; set; }

    /// <summary>Who is to start it.</summary>
    [Parameter]
    public SchedulePlace? Place { get; set; }

    /// <summary>Have PowerShell do the work with this module, and not the command line.</summary>
    [Parameter]
    public SwitchParameter UsePowerShell { get; set; }

    /// <summary>The program to start, in place of the one found in PATH: replexon, or pwsh.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Program { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new ScheduleOptions
        {
            Job = Job,
            Expression = Expression,
            Place = Place,
            ConfigurationPath = ResolvedConfigurationPath,
            Program = Resolve(Program) ?? (UsePowerShell && Path.GetFileName(Environment.ProcessPath) == "pwsh" ? Environment.ProcessPath : null),
            Module = UsePowerShell ? MyInvocation.MyCommand.Module.ModuleBase : null,
            DryRun = true,
        };
        ScheduleChange plan = Register(options);
        if (plan.Kind == ScheduleChangeKind.Unchanged)
        {
            WriteObject(plan.Schedule);
        }
        else if (ShouldProcess(plan.Schedule.Location, $"Start {Job}: {plan.Schedule.Description}"))
        {
            WriteObject(Register(options with { DryRun = false }).Schedule);
        }
    }

    private ScheduleChange Register(ScheduleOptions options) => Await<string, ScheduleChange>(
        step => new ProgressRecord(1, "Registering a schedule", step),
        (_, token) => new ScheduleBook(TimeProvider.System).RegisterAsync(options, token));
}
