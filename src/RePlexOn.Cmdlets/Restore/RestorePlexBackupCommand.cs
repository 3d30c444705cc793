using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Restore;

namespace RePlexOn.Cmdlets.Restore;

/// <summary>Gives a backup back, to a folder or in place.</summary>
[Cmdlet(VerbsData.Restore, "PlexBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ToFolder)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(RestorePlan), ParameterSetName = [ToFolder, ToPlace])]
public sealed class RestorePlexBackupCommand : TargetCommand
{
    private const string ToFolder = "ToFolder";
    private const string ToPlace = "InPlace";
    private const string TakeBack = "Undo";

    private readonly PlexRestore _restore = new(TimeProvider.System);

    /// <summary>The snapshot to restore; without it, the mirror.</summary>
    [Parameter(ParameterSetName = ToFolder, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ToPlace, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = RestoreOptions.Mirror;

    /// <summary>The folder to restore to, empty or not there yet.</summary>
    [Parameter(ParameterSetName = ToFolder, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>Restore into the Plex data directory; what is there is kept aside.</summary>
    [Parameter(ParameterSetName = ToPlace, Mandatory = true)]
    public SwitchParameter InPlace { get; set; }

    /// <summary>Put back what the last restore in place has kept aside.</summary>
    [Parameter(ParameterSetName = TakeBack, Mandatory = true)]
    public SwitchParameter Undo { get; set; }

    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter(ParameterSetName = ToPlace)]
    [Parameter(ParameterSetName = TakeBack)]
    [ValidateNotNullOrEmpty]
    public string? DataDirectory { get; set; }

    /// <summary>Only these parts: Databases, Preferences, Metadata, Media, Plug-ins.</summary>
    [Parameter(ParameterSetName = ToFolder)]
    [Parameter(ParameterSetName = ToPlace)]
    [ArgumentCompleter(typeof(PartNameCompleter))]
    public string[] Part { get; set; } = [];

    /// <summary>Who shall own all of it: user, user:group, or numbers.</summary>
    [Parameter(ParameterSetName = ToFolder)]
    [Parameter(ParameterSetName = ToPlace)]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>How Plex is stopped and started: systemd, systemd:UNIT, snap or docker:CONTAINER.</summary>
    [Parameter(ParameterSetName = ToPlace)]
    [Parameter(ParameterSetName = TakeBack)]
    [ValidateNotNullOrEmpty]
    public string? PlexService { get; set; }

    /// <summary>The program that stops Plex, and its arguments; no shell reads them.</summary>
    [Parameter(ParameterSetName = ToPlace)]
    [Parameter(ParameterSetName = TakeBack)]
    public string[] StopCommand { get; set; } = [];

    /// <summary>The program that starts Plex again, and its arguments; no shell reads them.</summary>
    [Parameter(ParameterSetName = ToPlace)]
    [Parameter(ParameterSetName = TakeBack)]
    public string[] StartCommand { get; set; } = [];

    /// <summary>Go on although the backup is not whole, is of another server, or the data directory is empty.</summary>
    [Parameter(ParameterSetName = ToFolder)]
    [Parameter(ParameterSetName = ToPlace)]
    public SwitchParameter Force { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with { Source = Resolve(DataDirectory) };

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new RestoreOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Name = Name,
            Destination = Resolve(DestinationPath),
            Parts = Part,
            Owner = Owner,
            Service = RePlexOn.Plex.PlexService.Choose(PlexService, StopCommand, StartCommand),
            Force = Force,
        };
        string what = Name == RestoreOptions.Mirror ? "the mirror" : $"snapshot {Name}";
        (string place, string caption) = ParameterSetName switch
        {
            TakeBack => (DataDirectory ?? "the Plex data directory", "Put back what was there before the last restore"),
            ToPlace => (DataDirectory ?? "the Plex data directory", $"Restore {what} in place, keeping aside what is there"),
            _ => (options.Destination!, $"Restore {what}"),
        };
        string action = $"{caption}: {place}.";
        if (!GoesOverNothing && !ShouldProcess(action, action, caption, out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf && !Undo) ShowPlan(options);
            return;
        }

        WriteRun(Await<BackupProgress, BackupRun>(
            BackupProgressRecord.FromRestore,
            (progress, token) => Undo ? _restore.UndoAsync(options, progress, token) : _restore.RunAsync(options, progress, token)));
    }

    // To an empty folder: nobody need be asked, unless he wishes to.
    private bool GoesOverNothing =>
        ParameterSetName == ToFolder && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");

    private void ShowPlan(RestoreOptions options) => WriteObject(Await<BackupProgress, RestorePlan>(
        BackupProgressRecord.FromRestore, (progress, token) => _restore.PlanAsync(options, progress, token)));
}
