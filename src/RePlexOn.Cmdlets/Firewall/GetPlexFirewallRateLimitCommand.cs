using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Shows how often one address may connect, and how many were refused.</summary>
[Cmdlet(VerbsCommon.Get, "PlexFirewallRateLimit")]
[OutputType(typeof(RateLimitStatus))]
public sealed class GetPlexFirewallRateLimitCommand : FirewallCommand
{
    /// <inheritdoc />
    protected override void Process()
    {
        if (ReadStatus().RateLimit is { } limit) WriteObject(limit);
    }
}
