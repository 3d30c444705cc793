using System.Management.Automation;
using RePlexOn.Legacy;

namespace RePlexOn.Cmdlets.Legacy;

/// <summary>Reads the first RePlexOn's log and tracking file into the history.</summary>
[Cmdlet(VerbsData.Import, "PlexBackupLog", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(LegacyImportResult))]
public sealed class ImportPlexBackupLogCommand : ImportCommand
{
    /// <summary>The tracking file, in place of the one beside the log.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrackingPath { get; set; }

    private protected override string DefaultPath => LogImportOptions.DefaultPath;

    private protected override Task<LegacyImportResult> ImportAsync(
        string path, string stateDirectory, TimeZoneInfo? zone, bool dryRun,
        IProgress<LegacyImportProgress> progress, CancellationToken cancellationToken) =>
        new LogImport(TimeProvider.System).RunAsync(
            new LogImportOptions
            {
                StateDirectory = stateDirectory, Path = path, TrackingPath = Resolve(TrackingPath), TimeZone = zone, DryRun = dryRun,
            },
            progress, cancellationToken);
}
