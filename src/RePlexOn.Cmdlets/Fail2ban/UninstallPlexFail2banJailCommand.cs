using System.Management.Automation;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>Takes the jail for Plex out of fail2ban, with its bans and firewall rules.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "PlexFail2banJail", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Fail2banChange))]
public sealed class UninstallPlexFail2banJailCommand : Fail2banCommand
{
    /// <inheritdoc />
    protected override void Process()
    {
        Fail2banChange plan = Uninstall(dryRun: true);
        if (plan.Kind == Fail2banChangeKind.Unchanged) WriteObject(plan);
        else if (ShouldProcess(string.Join(", ", plan.Files.Select(file => file.Path)), "Remove the jail, its bans and its firewall rules")) WriteObject(Uninstall(dryRun: false));
    }

    private Fail2banChange Uninstall(bool dryRun) => Await<string, Fail2banChange>(
        step => new ProgressRecord(1, "Removing the jail", step),
        (_, token) => Fail2banJail.UninstallAsync(Folder, dryRun, token));
}
