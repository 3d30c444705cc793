using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Setup;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Tests the configuration: what is in it, the source, the secret, the target, the room there is.</summary>
[Cmdlet(VerbsDiagnostic.Test, "RePlexOnConfiguration")]
[OutputType(typeof(Check))]
[OutputType(typeof(bool))]
public sealed class TestRePlexOnConfigurationCommand : ConfiguredCommand
{
    /// <summary>Return true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Do not ask the target.</summary>
    [Parameter]
    public SwitchParameter SkipTarget { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        IReadOnlyList<Check> checks = Await<string, IReadOnlyList<Check>>(
            step => new ProgressRecord(1, "Testing the configuration", step),
            (progress, token) => new ConfigurationTest().RunAsync(
                ResolvedConfigurationPath, Overrides, SkipTarget, progress, token));
        if (Quiet)
        {
            WriteObject(checks.All(check => check.Status is not (CheckStatus.Fail or CheckStatus.Unknown)));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }
    }
}
