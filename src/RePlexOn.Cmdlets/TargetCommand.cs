using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Cmdlets;

/// <summary>A cmdlet that works with the backups on a target.</summary>
public abstract class TargetCommand : ConfiguredCommand
{
    /// <summary>Where the backups are, in place of the configured target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>The file that holds the rsync daemon's password, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordFile { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with
    {
        Target = ResolveTarget(Target),
        PasswordFile = Resolve(PasswordFile),
    };

    /// <summary>The target, as a question to the user names it.</summary>
    private protected string TargetName => Target ?? "the configured target";

    /// <summary>Writes a run that has just ended: its warnings, itself, and its error where it was in vain.</summary>
    private protected void WriteRun(BackupRun run)
    {
        foreach (string warning in run.Warnings) WriteWarning(warning);
        PSObject shown = PSObject.AsPSObject(run);
        // By this name the format file shows all of a run just made, but one line for each run of the history.
        shown.TypeNames.Insert(0, $"{typeof(BackupRun).FullName}#Invoked");
        WriteObject(shown);
        if (run.Status is not (RunStatus.Succeeded or RunStatus.Warning)) WriteError(ErrorRecords.From(run));
    }
}
