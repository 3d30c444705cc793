using System.Management.Automation;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Takes the country rule away; where there is none, nothing is changed.</summary>
[Cmdlet(VerbsCommon.Remove, "PlexFirewallCountryRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemovePlexFirewallCountryRuleCommand : FirewallCommand
{
    /// <inheritdoc />
    protected override void Process() =>
        Change("Take the country rule away", (firewall, dryRun, token) => firewall.RemoveCountryRuleAsync(dryRun, token));
}
