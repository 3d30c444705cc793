using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cmdlets.Audit;

/// <summary>Looks at how well a Plex server, its machine and its backup are closed.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PlexSecurity", DefaultParameterSetName = AsChecks)]
[OutputType(typeof(Check), ParameterSetName = [AsChecks])]
[OutputType(typeof(SecurityAuditResult), ParameterSetName = [AsSummary])]
[OutputType(typeof(string), ParameterSetName = [AsSarif])]
[OutputType(typeof(bool), ParameterSetName = [AsAnswer])]
public sealed class TestPlexSecurityCommand : AuditCommand
{
    private const string AsChecks = "Checks";
    private const string AsSummary = "Summary";
    private const string AsSarif = "Sarif";
    private const string AsAnswer = "Quiet";

    /// <summary>A Preferences.xml to look at alone, of any machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PreferencesPath { get; set; }

    /// <summary>Ask plex.tv too, with whom the server is shared.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>Return one object with the score, what changed since the last time, and all checks.</summary>
    [Parameter(ParameterSetName = AsSummary, Mandatory = true)]
    public SwitchParameter Summary { get; set; }

    /// <summary>Return a report in SARIF 2.1.0, as text.</summary>
    [Parameter(ParameterSetName = AsSarif, Mandatory = true)]
    public SwitchParameter Sarif { get; set; }

    /// <summary>Return true or false alone.</summary>
    [Parameter(ParameterSetName = AsAnswer, Mandatory = true)]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        SecurityAuditOptions options = Chosen with { Online = Online, PreferencesPath = Resolve(PreferencesPath) };
        SecurityAuditResult result = Await<string, SecurityAuditResult>(
            step => new ProgressRecord(1, "Looking at the server's security", step),
            (progress, token) => new SecurityAudit(TimeProvider.System).RunAsync(options, progress, token));
        foreach (string warning in result.Warnings) WriteWarning(warning);
        switch (ParameterSetName)
        {
            case AsSummary:
                WriteObject(result);
                break;
            case AsSarif:
                WriteObject(SarifReport.Write(result));
                break;
            case AsAnswer:
                WriteObject(result.IsSound);
                break;
            default:
                WriteObject(result.Checks, enumerateCollection: true);
                break;
        }
    }
}
