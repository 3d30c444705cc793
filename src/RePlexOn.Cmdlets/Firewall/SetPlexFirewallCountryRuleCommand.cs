using System.Management.Automation;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>Lets only some countries connect, or all but some, by lists of networks that the user has.</summary>
[Cmdlet(VerbsCommon.Set, "PlexFirewallCountryRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CountryRuleStatus), typeof(string))]
public sealed class SetPlexFirewallCountryRuleCommand : FirewallCommand
{
    /// <summary>Allow: only these countries, and the LAN. Block: all but these.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public CountryRuleMode Mode { get; set; }

    /// <summary>Codes of two letters.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Country { get; set; } = [];

    /// <summary>Files of networks.</summary>
    [Parameter(Position = 2, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new CountryRuleOptions
        {
            Mode = Mode,
            Countries = Country,
            Lists = [.. Path.SelectMany(one => WildcardPattern.ContainsWildcardCharacters(one) ? GetResolvedProviderPathFromPSPath(one, out _) : [Resolve(one)!])],
        };
        FirewallStatus? status = Change(
            $"{Mode} {string.Join(", ", Country)}", (firewall, dryRun, token) => firewall.SetCountryRuleAsync(options, dryRun, token));
        if (status is not null) WriteObject(status.CountryRule);
    }
}
