using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Shows which countries may connect, and how many packets were refused.</summary>
[Cmdlet(VerbsCommon.Get, "PlexFirewallCountryRule")]
[OutputType(typeof(CountryRuleStatus))]
public sealed class GetPlexFirewallCountryRuleCommand : FirewallCommand
{
    /// <inheritdoc />
    protected override void Process()
    {
        if (ReadStatus().CountryRule is { } rule) WriteObject(rule);
    }
}
