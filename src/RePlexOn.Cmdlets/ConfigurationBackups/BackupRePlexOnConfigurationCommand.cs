using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.ConfigurationBackups;

/// <summary>Backs up RePlexOn's own configuration, history and schedules to the target.</summary>
[Cmdlet(VerbsData.Backup, "RePlexOnConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(ConfigurationItem))]
public sealed class BackupRePlexOnConfigurationCommand : TargetCommand
{
    private readonly ConfigurationBackup _backup = new(TimeProvider.System);

    /// <summary>Files to take along besides the configured ones.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Take passwords and keys along.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Who or what starts it; scheduled scripts say Schedule.</summary>
    [Parameter]
    [ValidateSet(nameof(RunTrigger.Interactive), nameof(RunTrigger.Schedule))]
    public RunTrigger Trigger { get; set; } = RunTrigger.Interactive;

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new ConfigurationBackupOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Trigger = Trigger,
            IncludeSecret = IncludeSecret,
            Files = [.. Path.Select(path => Resolve(path)!)],
        };
        const string caption = "Back up the configuration of RePlexOn";
        string action = $"{caption} to {TargetName}.";
        if (ShouldProcess(action, action, caption, out ShouldProcessReason reason))
        {
            if (IncludeSecret) WriteWarning($"Passwords and keys go along: whoever can read {TargetName} will have them.");
            WriteRun(Await<BackupProgress, BackupRun>(
                BackupProgressRecord.From, (progress, token) => _backup.RunAsync(options, progress, token)));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            WriteObject(
                Await<BackupProgress, IReadOnlyList<ConfigurationItem>>(
                    BackupProgressRecord.From, (_, token) => _backup.PlanAsync(options, token)),
                enumerateCollection: true);
        }
    }
}
