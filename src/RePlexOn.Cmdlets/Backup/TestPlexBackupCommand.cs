using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Verification;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Proves that the mirror or a snapshot is what was backed up.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PlexBackup")]
[OutputType(typeof(VerificationResult))]
[OutputType(typeof(bool))]
public sealed class TestPlexBackupCommand : ConfiguredCommand
{
    private readonly BackupVerification _verification = new(TimeProvider.System);

    /// <summary>The snapshot to verify; the mirror where none is named.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How much is read.</summary>
    [Parameter]
    public VerificationDepth Depth { get; set; } = VerificationDepth.Sample;

    /// <summary>How many files a sample holds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int SampleFiles { get; set; } = VerificationOptions.DefaultSampleFiles;

    /// <summary>Chooses the sample: the one of an earlier result takes the same again.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Where the backup lies, in place of the configured target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>Who or what starts it; scheduled scripts say Schedule.</summary>
    [Parameter]
    [ValidateSet(nameof(RunTrigger.Interactive), nameof(RunTrigger.Schedule))]
    public RunTrigger Trigger { get; set; } = RunTrigger.Interactive;

    /// <summary>Return true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with { Target = Target };

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new VerificationOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Trigger = Trigger,
            Snapshot = Name == VerificationResult.Mirror ? null : Name,
            Depth = Depth,
            SampleFiles = SampleFiles,
            Seed = Seed,
        };
        VerificationResult result = Await<VerificationProgress, VerificationResult>(
            step => new ProgressRecord(1, "Verifying the Plex backup", step.Text) { PercentComplete = step.Percent ?? -1 },
            (progress, token) => _verification.RunAsync(options, progress, token));
        if (Quiet) WriteObject(result.IsGood);
        else WriteObject(result);

        // That something is wrong with the backup is what was asked for; that it could not be looked at is an error.
        if (result.Run is { ErrorId: not null, ExitCode: not ExitCode.VerificationFailed }) WriteError(ErrorRecords.From(result.Run));
    }
}
