using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Setup;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Sets RePlexOn up: finds Plex, writes the configuration and the secret file, and tests the target.</summary>
[Cmdlet(VerbsData.Initialize, "RePlexOn", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SetupResult))]
public sealed class InitializeRePlexOnCommand : ConfiguredCommand
{
    /// <summary>Where backups go: a path, rsync://user@host/module, or ssh://user@host/path.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>The Plex data directory; found by itself where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>The rsync daemon's password, as the password of a credential; it is kept in the secret file.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The secret file, in place of the one beside the configuration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordFile { get; set; }

    /// <summary>Do not ask the target whether it answers.</summary>
    [Parameter]
    public SwitchParameter SkipTargetTest { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with
    {
        Source = Resolve(Source), Target = ResolveTarget(Target), PasswordFile = Resolve(PasswordFile),
    };

    /// <inheritdoc />
    protected override void Process()
    {
        string path = new ConfigurationStore().ResolvePath(ResolvedConfigurationPath);
        if (!ShouldProcess(path, "Write the configuration of RePlexOn")) return;

        var options = new SetupOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Values = Overrides,
            Password = Credential?.GetNetworkCredential().Password,
            SkipTargetTest = SkipTargetTest,
        };
        WriteObject(Await<string, SetupResult>(
            step => new ProgressRecord(1, "Setting up RePlexOn", step),
            (progress, token) => new InitialSetup().RunAsync(options, progress, token)));
    }
}
