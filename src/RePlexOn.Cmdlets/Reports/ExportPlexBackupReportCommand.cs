using System.Management.Automation;
using RePlexOn.Reports;

namespace RePlexOn.Cmdlets.Reports;

/// <summary>Writes a report of how the backup stands: one HTML file that needs nothing beside it.</summary>
[Cmdlet(VerbsData.Export, "PlexBackupReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ReportResult))]
public sealed class ExportPlexBackupReportCommand : TargetCommand
{
    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>How many days it covers, today the last of them.</summary>
    [Parameter]
    [ValidateRange(1, ReportOptions.MostDays)]
    public int Days { get; set; } = ReportOptions.UsualDays;

    /// <summary>How many runs it lists.</summary>
    [Parameter]
    [ValidateRange(0, ReportOptions.MostRuns)]
    public int Runs { get; set; } = ReportOptions.UsualRuns;

    /// <summary>Do not ask the target for its snapshots.</summary>
    [Parameter]
    public SwitchParameter SkipTarget { get; set; }

    /// <summary>Replace a file that is there even where it is no report.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        string path = Resolve(Path)!;
        if (!ShouldProcess(path, "Write a report of how the backup stands")) return;

        var options = new ReportOptions
        {
            Path = path,
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Days = Days,
            Runs = Runs,
            SkipTarget = SkipTarget,
            Overwrite = Force,
        };
        ReportResult result = Await<string, ReportResult>(
            step => new ProgressRecord(1, "Writing a report", step),
            (progress, token) => new ReportExport(TimeProvider.System).RunAsync(options, progress, token));
        if (result.Trouble is { } trouble) WriteWarning($"The report lists no snapshots: {trouble}");
        WriteObject(result);
    }
}
