using System.Management.Automation;
using RePlexOn.Legacy;

namespace RePlexOn.Cmdlets.Legacy;

/// <summary>A cmdlet that reads what the first system has left into the history.</summary>
public abstract class ImportCommand : ConfiguredCommand
{
    private const string Activity = "Reading what the first RePlexOn has left";

    private string? _current;

    /// <summary>The files, by their names; no character is a wildcard.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The zone of times that name none, as the tz database calls it; this machine's by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <inheritdoc />
    private protected override object? TargetOfErrors => _current;

    /// <summary>Where the file is when nobody says otherwise.</summary>
    private protected abstract string DefaultPath { get; }

    /// <inheritdoc />
    protected override void Process()
    {
        string stateDirectory = LoadConfiguration().StateDirectory;
        TimeZoneInfo? zone = TimeZones.Find(TimeZone);
        foreach (string path in Path ?? [DefaultPath])
        {
            _current = Resolve(path)!;
            bool isDone = ShouldProcess(_current, "Add its runs to the history");
            if (!isDone && !IsWhatIf) continue;

            LegacyImportResult result = Await<LegacyImportProgress, LegacyImportResult>(
                step => new ProgressRecord(1, Activity, step.Path) { PercentComplete = step.Percent },
                (progress, token) => ImportAsync(_current, stateDirectory, zone, dryRun: !isDone, progress, token));
            WriteObject(result);
        }
    }

    /// <summary>Reads one file.</summary>
    private protected abstract Task<LegacyImportResult> ImportAsync(
        string path, string stateDirectory, TimeZoneInfo? zone, bool dryRun,
        IProgress<LegacyImportProgress> progress, CancellationToken cancellationToken);
}
