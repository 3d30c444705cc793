using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Schedules;
using RePlexOn.Setup;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Sets RePlexOn up: finds Plex, writes the configuration and the secret file, and tests the target.</summary>
[Cmdlet(VerbsData.Initialize, "RePlexOn", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = SetUp)]
[OutputType(typeof(SetupResult), ParameterSetName = [SetUp])]
[OutputType(typeof(SetupStep), ParameterSetName = [TakeBack])]
public sealed class InitializeRePlexOnCommand : ConfiguredCommand
{
    private const string SetUp = "SetUp";
    private const string TakeBack = "Undo";

    /// <summary>Where backups go: a path, rsync://user@host/module, or ssh://user@host/path.</summary>
    [Parameter(Position = 0, ParameterSetName = SetUp)]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>The Plex data directory; found by itself where it is not given.</summary>
    [Parameter(ParameterSetName = SetUp)]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>The rsync daemon's password, as the password of a credential; it is kept in the secret file.</summary>
    [Parameter(ParameterSetName = SetUp)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The secret file, in place of the one beside the configuration.</summary>
    [Parameter(ParameterSetName = SetUp)]
    [ValidateNotNullOrEmpty]
    public string? PasswordFile { get; set; }

    /// <summary>The jobs to have run by themselves, at their usual times.</summary>
    [Parameter(ParameterSetName = SetUp)]
    public ScheduleJob[] Schedule { get; set; } = [];

    /// <summary>Who is to get alerts by mail.</summary>
    [Parameter(ParameterSetName = SetUp)]
    [ValidateNotNullOrEmpty]
    public string? MailTo { get; set; }

    /// <summary>Have PowerShell do scheduled work with this module, and not the command line.</summary>
    [Parameter(ParameterSetName = SetUp)]
    public SwitchParameter UsePowerShell { get; set; }

    /// <summary>Take nothing over from the first RePlexOn.</summary>
    [Parameter(ParameterSetName = SetUp)]
    public SwitchParameter IgnoreFirstSystem { get; set; }

    /// <summary>Do not ask the target whether it answers.</summary>
    [Parameter(ParameterSetName = SetUp)]
    public SwitchParameter SkipTargetTest { get; set; }

    /// <summary>Take the schedules away again; configuration, secret and history stay.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TakeBack)]
    public SwitchParameter Undo { get; set; }

    /// <summary>Remove configuration, secret and history too, as far as this cmdlet made them.</summary>
    [Parameter(ParameterSetName = TakeBack)]
    public SwitchParameter Purge { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with
    {
        Source = Resolve(Source), Target = ResolveTarget(Target), PasswordFile = Resolve(PasswordFile),
    };

    /// <inheritdoc />
    protected override void Process()
    {
        if (Undo) RunUndo();
        else RunSetUp();
    }

    private void RunSetUp()
    {
        string path = new ConfigurationStore().ResolvePath(ResolvedConfigurationPath);
        if (!ShouldProcess(path, "Write the configuration of RePlexOn")) return;

        var options = new SetupOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Values = Overrides,
            Password = Credential?.GetNetworkCredential().Password,
            SkipTargetTest = SkipTargetTest,
            Schedules = Schedule,
            MailTo = MailTo,
            Program = UsePowerShell && Path.GetFileName(Environment.ProcessPath) == "pwsh" ? Environment.ProcessPath : null,
            Module = UsePowerShell ? MyInvocation.MyCommand.Module.ModuleBase : null,
            IgnoreFirstSystem = IgnoreFirstSystem,
        };
        WriteObject(Await<string, SetupResult>(
            step => new ProgressRecord(1, "Setting up RePlexOn", step),
            (progress, token) => new InitialSetup(TimeProvider.System).RunAsync(options, progress, token)));
    }

    private void RunUndo()
    {
        var options = new SetupRemovalOptions
        {
            ConfigurationPath = ResolvedConfigurationPath, StateDirectory = Resolve(StateDirectory), Purge = Purge, DryRun = true,
        };
        // Each is said, but they are done together or not at all.
        bool isWished = true;
        foreach (SetupStep step in Remove(options).Where(step => step.Action == SetupAction.Removed))
            isWished &= ShouldProcess(step.Where, $"Remove {step.What}");
        if (isWished) WriteObject(Remove(options with { DryRun = false }), enumerateCollection: true);
    }

    private IReadOnlyList<SetupStep> Remove(SetupRemovalOptions options) => Await<string, IReadOnlyList<SetupStep>>(
        step => new ProgressRecord(1, "Taking back a set-up", step),
        (_, token) => new SetupRemoval(TimeProvider.System).RunAsync(options, token));
}
