using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Limits how often one address may connect; the LAN is free, and what plays goes on.</summary>
[Cmdlet(VerbsCommon.Set, "PlexFirewallRateLimit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RateLimitStatus), typeof(string))]
public sealed class SetPlexFirewallRateLimitCommand : FirewallCommand
{
    /// <summary>New connections a minute from one address, in the long run.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 10_000)]
    public int PerMinute { get; set; } = new FirewallRateLimit().PerMinute;

    /// <summary>New connections at once, before the limit by the minute holds.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Burst { get; set; } = new FirewallRateLimit().Burst;

    /// <summary>Connections that one address may have open; those that are open stay.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Concurrent { get; set; } = new FirewallRateLimit().Concurrent;

    /// <inheritdoc />
    protected override void Process()
    {
        var limit = new FirewallRateLimit { PerMinute = PerMinute, Burst = Burst, Concurrent = Concurrent };
        FirewallStatus? status = Change(
            $"Limit each address to {PerMinute} new connections a minute, {Burst} at once, {Concurrent} open",
            (firewall, dryRun, token) => firewall.SetRateLimitAsync(limit, dryRun, token));
        if (status is not null) WriteObject(status.RateLimit);
    }
}
