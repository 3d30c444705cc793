using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Lists the addresses that may not connect.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBlockedAddress")]
[OutputType(typeof(BlockedAddress))]
public sealed class GetPlexBlockedAddressCommand : FirewallCommand
{
    /// <inheritdoc />
    protected override void Process() => WriteObject(ReadStatus().Blocked, enumerateCollection: true);
}
