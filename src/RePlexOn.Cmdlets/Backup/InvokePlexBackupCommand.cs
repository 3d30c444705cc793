using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Backs up the Plex data directory to the mirror on the target, without stopping Plex.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PlexBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(PlannedChange))]
public sealed class InvokePlexBackupCommand : ConfiguredCommand
{
    private readonly MirrorBackup _backup = new(TimeProvider.System);

    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Where the backup goes, in place of the configured target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>The file that holds the rsync daemon's password, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordFile { get; set; }

    /// <summary>Compare every file with the mirror, whatever the index says.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>Go on although the source has shrunk, or the target's share seems not to be mounted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Who or what starts it; scheduled scripts say Schedule.</summary>
    [Parameter]
    [ValidateSet(nameof(RunTrigger.Interactive), nameof(RunTrigger.Schedule))]
    public RunTrigger Trigger { get; set; } = RunTrigger.Interactive;

    private protected override ConfigurationOverrides Overrides => base.Overrides with
    {
        Source = Resolve(Source),
        Target = ResolveTarget(Target),
        PasswordFile = Resolve(PasswordFile),
    };

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new MirrorOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Trigger = Trigger,
            Full = Full,
            Force = Force,
        };
        const string caption = "Back up the Plex data directory";
        string action = $"{caption} to {Target ?? "the configured target"}.";
        if (!ShouldProcess(action, action, caption, out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf) ShowPlan(options);
            return;
        }

        BackupRun run = Await<BackupProgress, BackupRun>(
            BackupProgressRecord.From, (progress, token) => _backup.RunAsync(options, progress, token));
        if (run.Pass is not null) WriteVerbose($"{run.Source} to {run.Target}, {run.Pass} pass: {run.PassReason}.");
        foreach (string warning in run.Warnings) WriteWarning(warning);
        PSObject shown = PSObject.AsPSObject(run);
        // By this name the format file shows all of a run just made, but one line for each run of the history.
        shown.TypeNames.Insert(0, $"{typeof(BackupRun).FullName}#Invoked");
        WriteObject(shown);
        if (run.Status is not (RunStatus.Succeeded or RunStatus.Warning)) WriteError(ErrorRecords.From(run));
    }

    private void ShowPlan(MirrorOptions options)
    {
        BackupPlan plan = Await<BackupProgress, BackupPlan>(
            BackupProgressRecord.From, (progress, token) => _backup.PlanAsync(options, progress, token));
        WriteVerbose($"{plan.Source} to {plan.Target}, {plan.Pass} pass: {plan.PassReason}.");
        WriteObject(plan.Changes, enumerateCollection: true);
    }
}
