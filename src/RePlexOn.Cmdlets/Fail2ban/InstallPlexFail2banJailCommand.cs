using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>Installs a jail for Plex in fail2ban.</summary>
[Cmdlet(VerbsLifecycle.Install, "PlexFail2banJail", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Fail2banChange))]
public sealed class InstallPlexFail2banJailCommand : Fail2banJailCommand
{
    /// <summary>How long the first ban lasts.</summary>
    [Parameter]
    public TimeSpan BanTime { get; set; } = new Fail2banOptions().BanTime;

    /// <summary>The ports that are shut to a banned address.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ValidateCount(1, 15)]
    public int[] Port { get; set; } = [.. new Fail2banOptions().Ports];

    /// <summary>By what an address is shut out.</summary>
    [Parameter]
    public Fail2banAction Action { get; set; }

    private protected override Fail2banOptions Options => base.Options with { BanTime = BanTime, Ports = Port, Action = Action };

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        Fail2banChange plan = Install(configuration, dryRun: true);
        foreach (Fail2banFile file in plan.Files) WriteVerbose($"{file.Path}:\n{file.Content}");
        if (plan.Kind == Fail2banChangeKind.Unchanged)
        {
            WriteObject(plan);
        }
        else if (ShouldProcess($"fail2ban in {Folder}", $"Install a jail that reads {plan.LogPath}"))
        {
            Fail2banChange change = Install(configuration, dryRun: false);
            if (!change.IsActive) WriteWarning(change.Message);
            WriteObject(change);
        }
    }

    private Fail2banChange Install(RePlexOnConfiguration configuration, bool dryRun) => Await<string, Fail2banChange>(
        step => new ProgressRecord(1, "Installing a jail", step),
        (_, token) => new Fail2banJail(TimeProvider.System).InstallAsync(configuration, Options with { DryRun = dryRun }, token));
}
