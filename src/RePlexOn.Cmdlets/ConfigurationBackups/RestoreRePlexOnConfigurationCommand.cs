using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.ConfigurationBackups;

/// <summary>Brings RePlexOn's configuration and history back from a backup of them.</summary>
[Cmdlet(VerbsData.Restore, "RePlexOnConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(ConfigurationRestoreStep))]
public sealed class RestoreRePlexOnConfigurationCommand : TargetCommand
{
    private readonly ConfigurationRestore _restore = new(TimeProvider.System);

    /// <summary>The day of the backup, as yyyy-MM-dd; the newest by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Date { get; set; }

    /// <summary>A new or empty folder for all files of the backup, in place of putting them back.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new ConfigurationRestoreOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Date = Date,
            DestinationPath = Resolve(DestinationPath),
        };
        const string caption = "Bring back the configuration of RePlexOn";
        string action = $"{caption} from {TargetName}{(DestinationPath is null ? ", in place of the present one" : $" into {DestinationPath}")}.";
        if (ShouldProcess(action, action, caption, out ShouldProcessReason reason))
        {
            WriteRun(Await<BackupProgress, BackupRun>(
                BackupProgressRecord.From, (progress, token) => _restore.RunAsync(options, progress, token)));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            WriteObject(
                Await<BackupProgress, IReadOnlyList<ConfigurationRestoreStep>>(
                    BackupProgressRecord.From, (_, token) => _restore.PlanAsync(options, token)),
                enumerateCollection: true);
        }
    }
}
