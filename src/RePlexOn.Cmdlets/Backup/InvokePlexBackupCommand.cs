using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Backs up the Plex data directory to the mirror on the target, without stopping Plex, and makes the snapshot that is due.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PlexBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = WhenDue)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(PlannedChange))]
public sealed class InvokePlexBackupCommand : TargetCommand
{
    private const string WhenDue = "WhenDue";
    private const string WithSnapshot = "WithSnapshot";
    private const string WithoutSnapshot = "WithoutSnapshot";

    private readonly PlexBackup _backup = new(TimeProvider.System);

    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Compare every file with the mirror, whatever the index says.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>Keep the mirror as a snapshot afterwards, due or not.</summary>
    [Parameter(ParameterSetName = WithSnapshot, Mandatory = true)]
    public SwitchParameter Snapshot { get; set; }

    /// <summary>Make no snapshot, though one be due.</summary>
    [Parameter(ParameterSetName = WithoutSnapshot, Mandatory = true)]
    public SwitchParameter NoSnapshot { get; set; }

    /// <summary>Go on although the source has shrunk, or the target's share seems not to be mounted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Who or what starts it; scheduled scripts say Schedule.</summary>
    [Parameter]
    [ValidateSet(nameof(RunTrigger.Interactive), nameof(RunTrigger.Schedule))]
    public RunTrigger Trigger { get; set; } = RunTrigger.Interactive;

    private SnapshotWish Wish => Snapshot ? SnapshotWish.Always : NoSnapshot ? SnapshotWish.Never : SnapshotWish.WhenDue;

    private protected override ConfigurationOverrides Overrides => base.Overrides with { Source = Resolve(Source) };

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
        string action = $"{caption} to {TargetName}.";
        if (!ShouldProcess(action, action, caption, out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf) ShowPlan(options);
            return;
        }

        IReadOnlyList<BackupRun> runs = Await<BackupProgress, IReadOnlyList<BackupRun>>(
            BackupProgressRecord.From, (progress, token) => _backup.RunAsync(options, Wish, progress, token));
        foreach (BackupRun run in runs)
        {
            if (run.Pass is not null) WriteVerbose($"{run.Source} to {run.Target}, {run.Pass} pass: {run.PassReason}.");
            WriteRun(run);
        }
    }

    private void ShowPlan(MirrorOptions options)
    {
        BackupPlan plan = Await<BackupProgress, BackupPlan>(
            BackupProgressRecord.From, (progress, token) => _backup.PlanAsync(options, Wish, progress, token));
        WriteVerbose($"{plan.Source} to {plan.Target}, {plan.Pass} pass: {plan.PassReason}.");
        WriteVerbose(plan.Snapshot);
        WriteObject(plan.Changes, enumerateCollection: true);
    }
}
