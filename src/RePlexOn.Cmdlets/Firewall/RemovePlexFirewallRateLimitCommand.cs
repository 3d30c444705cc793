using System.Management.Automation;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Takes the limit away; where there is none, nothing is changed.</summary>
[Cmdlet(VerbsCommon.Remove, "PlexFirewallRateLimit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemovePlexFirewallRateLimitCommand : FirewallCommand
{
    /// <inheritdoc />
    protected override void Process() =>
        Change("Take the limit of connections away", (firewall, dryRun, token) => firewall.RemoveRateLimitAsync(dryRun, token));
}
