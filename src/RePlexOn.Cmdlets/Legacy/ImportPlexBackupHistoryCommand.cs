using System.Management.Automation;
using RePlexOn.Legacy;

namespace RePlexOn.Cmdlets.Legacy;

/// <summary>Reads the first RePlexOn's database into the history, without the rows that it made up.</summary>
[Cmdlet(VerbsData.Import, "PlexBackupHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(LegacyImportResult))]
public sealed class ImportPlexBackupHistoryCommand : ImportCommand
{
    private protected override string DefaultPath => HistoryImportOptions.DefaultPath;

    private protected override Task<LegacyImportResult> ImportAsync(
        string path, string stateDirectory, TimeZoneInfo? zone, bool dryRun,
        IProgress<LegacyImportProgress> progress, CancellationToken cancellationToken) =>
        new HistoryImport(TimeProvider.System).RunAsync(
            new HistoryImportOptions { StateDirectory = stateDirectory, Path = path, TimeZone = zone, DryRun = dryRun },
            progress, cancellationToken);
}
