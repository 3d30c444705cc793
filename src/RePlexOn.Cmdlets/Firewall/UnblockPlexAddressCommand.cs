using System.Management.Automation;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Lets addresses connect again.</summary>
[Cmdlet(VerbsSecurity.Unblock, "PlexAddress", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class UnblockPlexAddressCommand : FirewallCommand
{
    private readonly List<string> _addresses = [];

    /// <summary>IP addresses.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IPAddress")]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <inheritdoc />
    protected override void Process() => _addresses.AddRange(Address);

    /// <inheritdoc />
    protected override void End()
    {
        // No address at all would mean all of them.
        if (_addresses.Count == 0) return;
        Change($"Unblock {string.Join(", ", _addresses)}", (firewall, dryRun, token) => firewall.UnblockAsync(_addresses, dryRun, token));
    }
}
