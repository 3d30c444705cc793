using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Lets addresses connect no more, for a time or until it is taken back; what they have open is cut.</summary>
[Cmdlet(VerbsSecurity.Block, "PlexAddress", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BlockedAddress), typeof(string))]
public sealed class BlockPlexAddressCommand : FirewallCommand
{
    private readonly List<string> _addresses = [];

    /// <summary>IP addresses; an IPv6 one stands for its network of 64 bits.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IPAddress")]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>For how long; without it, until it is taken back.</summary>
    [Parameter(Position = 1)]
    public TimeSpan? Duration { get; set; }

    /// <summary>Why, for the list of blocked addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Block what is protected too: the LAN, the gateway, a proxy, oneself.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void Process() => _addresses.AddRange(Address);

    /// <inheritdoc />
    protected override void End()
    {
        if (_addresses.Count == 0) return;
        var options = new BlockOptions { Addresses = _addresses, Duration = Duration, Reason = Reason, Force = Force };
        FirewallStatus? status = Change(
            $"Block {string.Join(", ", _addresses)}", (firewall, dryRun, token) => firewall.BlockAsync(options, dryRun, token));
        if (status is not null) WriteObject(status.Blocked.Where(one => options.Names(one)), enumerateCollection: true);
    }
}
